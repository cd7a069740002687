-- Calls a job off, queued or running; a finished one stays as it is.
local id, now = ARGV[1], tonumber(ARGV[2])
if finish(id, 'canceled', now, '{"status":"canceled"}') then
  return { 'CANCELED' }
end
return { 'UNCHANGED' }
