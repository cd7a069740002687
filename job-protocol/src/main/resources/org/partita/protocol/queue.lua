-- The whole queue in numbers.
local now = tonumber(ARGV[1])
local depth = redis.call('ZCARD', QUEUE)
local work = tonumber(redis.call('HGET', STATS, 'queuedWork') or '0')
local lanes = live_lanes(now)
local pace = tonumber(redis.call('HGET', STATS, 'secondsPerNote') or '0.01')
local running = redis.call('ZCARD', RUNNING)
local running_work = tonumber(redis.call('HGET', STATS, 'runningWork') or '0') / 2
return {
  tostring(depth), tostring(running), tostring(lanes), tostring(redis.call('ZCARD', WORKERS)),
  tostring((work + running_work) * pace / math.max(1, lanes)),
  tostring(estimated_wait(depth, work, now)), tostring(redis.call('ZCARD', OUTBOX)),
}
