-- Put before every script. KEYS[1] is the cell's prefix, e.g. {partita}: its hash tag keeps every
-- key of the cell in one slot, so that scripts may derive the other names from it.

-- The sealed type JobState has the same table; a test compares the two.
local TRANSITIONS = {
  queued = { running = true, failed = true, canceled = true, expired = true },
  running = { running = true, queued = true, succeeded = true, failed = true, canceled = true },
}

local PREFIX = KEYS[1]
local QUEUE = PREFIX .. ':queue' -- waiting jobs, score = order of submission
local RUNNING = PREFIX .. ':running' -- running jobs, score = end of lease (ms)
local DEADLINES = PREFIX .. ':deadlines' -- unfinished jobs, score = deadline (ms)
local OUTBOX = PREFIX .. ':outbox' -- jobs not yet known to be in Kafka, score = last try (ms)
local WORKERS = PREFIX .. ':workers' -- living workers, score = end of life (ms)
local LANES = PREFIX .. ':lanes' -- worker -> number of lanes
local STATS = PREFIX .. ':stats' -- counters and averages

local function job_key(id) return PREFIX .. ':job:' .. id end
local function message_key(id) return PREFIX .. ':job:' .. id .. ':message' end
local function events_key(id) return PREFIX .. ':job:' .. id .. ':events' end
local function midi_key(id) return PREFIX .. ':job:' .. id .. ':midi' end
local function tombstone_key(id) return PREFIX .. ':job:' .. id .. ':tombstone' end
local function worker_key(worker) return PREFIX .. ':worker:' .. worker end
local function client_key(client) return PREFIX .. ':client:' .. client end

local function get(id, field) return redis.call('HGET', job_key(id), field) end
local function number(id, field) return tonumber(get(id, field) or '0') end

-- The only place that changes a status.
local function move(id, to)
  local from = get(id, 'status')
  if not from or not TRANSITIONS[from] or not TRANSITIONS[from][to] then return false end
  redis.call('HSET', job_key(id), 'status', to)
  return true
end

local function terminal(status) return status and not TRANSITIONS[status] end

local function write_event(id, kind, data)
  redis.call('XADD', events_key(id), '*', 'type', kind, 'data', data)
end

-- Wakes who listens to these jobs, ids with a space between them.
local function ring(ids) redis.call('PUBLISH', PREFIX .. ':events', ids) end

local function tell(id, kind, data)
  write_event(id, kind, data)
  ring(id)
end

-- New notes, if any, and the count; the caller rings.
local function write_progress(id, notes, done, total)
  if notes ~= '' then write_event(id, 'notes', notes) end
  write_event(id, 'progress', '{"done":' .. done .. ',"total":' .. total .. '}')
end

local function enter_queue(id)
  if redis.call('ZADD', QUEUE, number(id, 'sequence'), id) == 1 then
    redis.call('HINCRBY', STATS, 'queuedWork', number(id, 'work'))
  end
end

local function leave_queue(id)
  if redis.call('ZREM', QUEUE, id) == 1 then
    redis.call('HINCRBY', STATS, 'queuedWork', -number(id, 'work'))
  end
end

local function enter_running(id, lease_end)
  if redis.call('ZADD', RUNNING, lease_end, id) == 1 then
    redis.call('HINCRBY', STATS, 'runningWork', number(id, 'work'))
  end
end

local function leave_running(id)
  if redis.call('ZREM', RUNNING, id) == 1 then
    redis.call('HINCRBY', STATS, 'runningWork', -number(id, 'work'))
  end
end

-- Kafka has the job. It may come back to the outbox to be sent again, but stays accepted.
local function confirm(id)
  redis.call('ZREM', OUTBOX, id)
  if get(id, 'status') then redis.call('HSET', job_key(id), 'confirmed', '1') end
end

-- Takes a running job from its holder, back to its old place in the queue. The broker counts
-- deliveries and one day drops the record, so the job is sent again if nobody claims it by then.
local function give_back(id, last_sent)
  move(id, 'queued')
  leave_running(id)
  redis.call('HSET', job_key(id), 'done', '0')
  redis.call('HDEL', job_key(id), 'claimant', 'delivery', 'leaseEnd', 'startedAt')
  enter_queue(id)
  redis.call('ZADD', OUTBOX, last_sent, id)
  tell(id, 'queued', '{"status":"queued"}')
end

-- Ends a job: terminal status, last event, clocks of forgetting started. False if not allowed.
local function finish(id, to, now, data)
  if not move(id, to) then return false end
  leave_queue(id)
  leave_running(id)
  redis.call('ZREM', DEADLINES, id)
  redis.call('ZREM', OUTBOX, id)
  redis.call('ZREM', client_key(get(id, 'client')), id)
  redis.call('HSET', job_key(id), 'finishedAt', now)
  redis.call('HINCRBY', STATS, to, 1)
  tell(id, to, data)
  local keep = number(id, 'keepMillis')
  redis.call('PEXPIRE', job_key(id), keep)
  redis.call('PEXPIRE', events_key(id), keep)
  redis.call('PEXPIRE', midi_key(id), keep)
  redis.call('DEL', message_key(id))
  redis.call('SET', tombstone_key(id), to, 'PX', keep + number(id, 'rememberMillis'))
  return true
end

-- Fails a job with words that are safe inside JSON.
local function finish_failed(id, now, code, detail)
  local failure = cjson.encode({ code = code, detail = detail })
  redis.call('HSET', job_key(id), 'error', failure)
  return finish(id, 'failed', now, '{"status":"failed","error":' .. failure .. '}')
end

-- 'held' if the job runs under this very fence, else why not.
local function holding(id, fence)
  local status = get(id, 'status')
  if status == 'running' and get(id, 'fence') == fence then return 'held' end
  if status == 'canceled' then return 'canceled' end
  return 'fenced'
end

local function live_lanes(now)
  for _, worker in ipairs(redis.call('ZRANGEBYSCORE', WORKERS, '-inf', now)) do
    redis.call('ZREM', WORKERS, worker)
    redis.call('HDEL', LANES, worker)
  end
  local lanes = 0
  for _, count in ipairs(redis.call('HVALS', LANES)) do lanes = lanes + tonumber(count) end
  return lanes
end

-- Seconds until a job with this much work before it begins, or -1 if no worker lives.
local function estimated_wait(position, work_ahead, now)
  local lanes = live_lanes(now)
  if lanes == 0 then return -1 end
  if redis.call('ZCARD', RUNNING) + position < lanes then return 0 end
  local pace = tonumber(redis.call('HGET', STATS, 'secondsPerNote') or '0.01')
  -- Running jobs are half done on average.
  local running = tonumber(redis.call('HGET', STATS, 'runningWork') or '0') / 2
  return (work_ahead + running) * pace / lanes
end
