-- Leases the outbox entries that have waited too long to the caller, who sends them again.
local now, before, limit = ARGV[1], ARGV[2], ARGV[3]
local messages = {}
for _, id in ipairs(redis.call('ZRANGEBYSCORE', OUTBOX, '-inf', before, 'LIMIT', 0, limit)) do
  local message = redis.call('GET', message_key(id))
  if message and get(id, 'status') == 'queued' then
    redis.call('ZADD', OUTBOX, now, id)
    messages[#messages + 1] = message
  else
    redis.call('ZREM', OUTBOX, id)
  end
end
return messages
