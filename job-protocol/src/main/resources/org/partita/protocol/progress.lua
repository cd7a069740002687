-- New notes and the count, under the fence; renews the lease.
local id, fence, now, lease = ARGV[1], ARGV[2], tonumber(ARGV[3]), tonumber(ARGV[4])
local done, total, notes = ARGV[5], ARGV[6], ARGV[7]
local answer = holding(id, fence)
if answer ~= 'held' then return { answer } end
redis.call('HSET', job_key(id), 'done', done, 'total', total, 'lease', lease, 'leaseEnd', now + lease)
enter_running(id, now + lease)
if notes ~= '' then
  redis.call('XADD', events_key(id), '*', 'type', 'notes', 'data', notes)
end
tell(id, 'progress', '{"done":' .. done .. ',"total":' .. total .. '}')
return { 'held' }
