-- Gives the job back to the queue, at its old place, without counting the attempt.
local id, fence = ARGV[1], ARGV[2]
local answer = holding(id, fence)
if answer ~= 'held' then return { answer } end
move(id, 'queued')
leave_running(id)
redis.call('HSET', job_key(id), 'attempts', math.max(0, number(id, 'attempts') - 1), 'done', '0')
redis.call('HDEL', job_key(id), 'worker', 'delivery', 'leaseEnd', 'startedAt')
enter_queue(id)
tell(id, 'queued', '{"status":"queued"}')
return { 'held' }
