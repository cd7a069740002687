-- A job as it is now, with its place in the queue.
local id, now = ARGV[1], tonumber(ARGV[2])
local fields = redis.call('HGETALL', job_key(id))
if #fields == 0 then
  if redis.call('EXISTS', tombstone_key(id)) == 1 then return { 'GONE' } end
  return { 'UNKNOWN' }
end
local position, wait = -1, -1
local rank = redis.call('ZRANK', QUEUE, id)
if rank then
  position = rank
  local depth = redis.call('ZCARD', QUEUE)
  local work = tonumber(redis.call('HGET', STATS, 'queuedWork') or '0')
  wait = estimated_wait(rank, work * rank / depth, now)
end
local answer = { 'FOUND', tostring(position), tostring(wait) }
for _, value in ipairs(fields) do answer[#answer + 1] = value end
return answer
