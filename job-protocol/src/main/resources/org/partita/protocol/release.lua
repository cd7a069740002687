-- Gives the job back to the queue without counting the attempt.
local id, fence, now = ARGV[1], ARGV[2], ARGV[3]
local answer = holding(id, fence)
if answer ~= 'held' then return { answer } end
redis.call('HSET', job_key(id), 'attempts', math.max(0, number(id, 'attempts') - 1))
give_back(id, now)
return { 'held' }
