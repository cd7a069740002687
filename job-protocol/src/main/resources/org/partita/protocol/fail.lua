-- Ends the job as failed, under the fence.
local id, fence, now, failure = ARGV[1], ARGV[2], tonumber(ARGV[3]), ARGV[4]
local answer = holding(id, fence)
if answer ~= 'held' then return { answer } end
redis.call('HSET', job_key(id), 'error', failure)
finish(id, 'failed', now, '{"status":"failed","error":' .. failure .. '}')
return { 'held' }
