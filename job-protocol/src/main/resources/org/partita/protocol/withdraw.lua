-- Takes a job back that Kafka did not confirm, as if it had never been submitted; unless a worker
-- has it already, for then Kafka did get it.
local id = ARGV[1]
local status = get(id, 'status')
if not status then return { 'WITHDRAWN' } end
if status ~= 'queued' or number(id, 'attempts') > 0 then
  redis.call('ZREM', OUTBOX, id)
  return { 'TAKEN' }
end
leave_queue(id)
redis.call('ZREM', DEADLINES, id)
redis.call('ZREM', OUTBOX, id)
redis.call('ZREM', client_key(get(id, 'client')), id)
local key = get(id, 'idempotency')
if key ~= '' then redis.call('DEL', PREFIX .. ':idempotency:' .. key) end
redis.call('DEL', job_key(id), message_key(id), events_key(id))
return { 'WITHDRAWN' }
