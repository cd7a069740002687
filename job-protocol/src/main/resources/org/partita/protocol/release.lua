-- Gives the job back to the queue, at its old place, without counting the attempt. The broker
-- counts deliveries and one day drops the record, so the job is sent again if nobody claims it.
local id, fence, now = ARGV[1], ARGV[2], ARGV[3]
local answer = holding(id, fence)
if answer ~= 'held' then return { answer } end
move(id, 'queued')
leave_running(id)
redis.call('HSET', job_key(id), 'attempts', math.max(0, number(id, 'attempts') - 1), 'done', '0')
redis.call('HDEL', job_key(id), 'claimant', 'delivery', 'leaseEnd', 'startedAt')
enter_queue(id)
redis.call('ZADD', OUTBOX, now, id)
tell(id, 'queued', '{"status":"queued"}')
return { 'held' }
