-- Writes a job, its idempotency key, its counters and its outbox entry at once, or says why not.
local id, message, now, deadline, client = ARGV[1], ARGV[2], ARGV[3], ARGV[4], ARGV[5]
local key, fingerprint, key_millis = ARGV[6], ARGV[7], ARGV[8]
local per_client, max_queued, max_wait = tonumber(ARGV[9]), tonumber(ARGV[10]), tonumber(ARGV[11])
local work, total, unit, model, seed, summary = ARGV[12], ARGV[13], ARGV[14], ARGV[15], ARGV[16], ARGV[17]
local keep, remember = ARGV[18], ARGV[19]

local idempotency = PREFIX .. ':idempotency:' .. key
if key ~= '' then
  local known = redis.call('HMGET', idempotency, 'fingerprint', 'job')
  if known[1] then
    if known[1] ~= fingerprint then return { 'KEY_REUSED' } end
    if get(known[2], 'status') == 'queued' and not get(known[2], 'confirmed') then
      return { 'IN_PROGRESS' }
    end
    return { 'REPLAYED', known[2] }
  end
end

local unfinished = client_key(client)
redis.call('ZREMRANGEBYSCORE', unfinished, '-inf', now)
local held = redis.call('ZCARD', unfinished)
if held >= per_client then return { 'TOO_MANY', tostring(held) } end

local position = redis.call('ZCARD', QUEUE)
local ahead = tonumber(redis.call('HGET', STATS, 'queuedWork') or '0')
local wait = estimated_wait(position, ahead, tonumber(now))
if position >= max_queued or wait > max_wait then
  -- Every second takes one off the wait.
  return { 'QUEUE_FULL', tostring(position), tostring(math.ceil(math.max(wait - max_wait, 1))) }
end

-- A net under the regular clocks of forgetting: no key of a job is ever without an end.
local last = tonumber(deadline) + 86400000
redis.call('HSET', job_key(id),
  'status', 'queued', 'attempts', '0', 'fence', '0', 'submittedAt', now, 'deadline', deadline,
  'client', client, 'work', work, 'done', '0', 'total', total, 'unit', unit, 'model', model,
  'seed', seed, 'summary', summary, 'keepMillis', keep, 'rememberMillis', remember,
  'idempotency', key, 'sequence', redis.call('HINCRBY', STATS, 'submitted', 1))
redis.call('PEXPIREAT', job_key(id), last)
redis.call('SET', message_key(id), message)
redis.call('PEXPIREAT', message_key(id), last)
tell(id, 'queued', '{"status":"queued"}')
redis.call('PEXPIREAT', events_key(id), last)
redis.call('ZADD', DEADLINES, deadline, id)
redis.call('ZADD', OUTBOX, now, id)
redis.call('ZADD', unfinished, last, id)
redis.call('PEXPIREAT', unfinished, last)
enter_queue(id)
if key ~= '' then
  redis.call('HSET', idempotency, 'fingerprint', fingerprint, 'job', id)
  redis.call('PEXPIRE', idempotency, key_millis)
end
return { 'SUBMITTED' }
