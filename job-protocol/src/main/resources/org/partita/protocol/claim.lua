-- A lane was handed the job by the queue: raises attempts and fence, or says why there is nothing
-- to do.
local id, delivery, claimant, now, lease = ARGV[1], ARGV[2], ARGV[3], tonumber(ARGV[4]), tonumber(ARGV[5])
local max_attempts = tonumber(ARGV[6])

-- What the holder is told: to compose the job, or to bury it.
local function held()
  local attempts = number(id, 'attempts')
  local answer = attempts > max_attempts and 'POISONED' or 'GRANTED'
  return { answer, redis.call('GET', message_key(id)), get(id, 'fence'), tostring(attempts) }
end

local status = get(id, 'status')
if not status then return { 'UNKNOWN' } end
if terminal(status) then return { 'FINISHED', status } end
if status == 'running' and get(id, 'delivery') ~= delivery and number(id, 'leaseEnd') > now then
  return { 'DOUBLED' }
end
if status == 'running' and get(id, 'claimant') == claimant then
  -- The same lane asks again, because it never heard the answer.
  redis.call('HSET', job_key(id), 'leaseEnd', now + lease)
  enter_running(id, now + lease)
  return held()
end
if now >= number(id, 'deadline') then
  if status == 'queued' then
    finish(id, 'expired', now, '{"status":"expired"}')
    return { 'FINISHED', 'expired' }
  end
  finish_failed(id, now, 'deadline-exceeded', 'the deadline passed while the piece was composed')
  return { 'FINISHED', 'failed' }
end
if not move(id, 'running') then return { 'UNKNOWN' } end
local attempts = redis.call('HINCRBY', job_key(id), 'attempts', 1)
redis.call('HINCRBY', job_key(id), 'fence', 1)
redis.call('HSET', job_key(id), 'claimant', claimant, 'delivery', delivery,
  'startedAt', now, 'lease', lease, 'leaseEnd', now + lease, 'done', '0')
confirm(id)
leave_queue(id)
enter_running(id, now + lease)
if attempts <= max_attempts then
  tell(id, 'started', '{"status":"running","attempt":' .. attempts .. '}')
end
return held()
