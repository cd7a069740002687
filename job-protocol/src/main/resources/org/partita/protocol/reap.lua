-- Ends what nobody will end: waiting jobs past their deadline, running jobs past it that are no
-- longer held. Running jobs that lost their holder earlier go back to the queue and are sent again.
local now, limit = tonumber(ARGV[1]), ARGV[2]
local expired, failed, returned = 0, 0, 0
for _, id in ipairs(redis.call('ZRANGEBYSCORE', DEADLINES, '-inf', now, 'LIMIT', 0, limit)) do
  local status = get(id, 'status')
  if status == 'queued' then
    finish(id, 'expired', now, '{"status":"expired"}')
    expired = expired + 1
  elseif status == 'running' then
    -- Its worker notices the deadline itself; only a hung one has to be overruled.
    if number(id, 'leaseEnd') <= now or number(id, 'deadline') + 2 * number(id, 'lease') <= now then
      finish_failed(id, now, 'deadline-exceeded', 'the deadline passed while the piece was composed')
      failed = failed + 1
    end
  else
    redis.call('ZREM', DEADLINES, id)
  end
end
for _, id in ipairs(redis.call('ZRANGEBYSCORE', RUNNING, '-inf', now, 'LIMIT', 0, limit)) do
  if get(id, 'status') ~= 'running' then
    redis.call('ZREM', RUNNING, id)
  elseif number(id, 'leaseEnd') + 2 * number(id, 'lease') <= now and now < number(id, 'deadline') then
    give_back(id, 0)
    returned = returned + 1
  end
end
return { tostring(expired), tostring(failed), tostring(returned) }
