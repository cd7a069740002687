-- What the living workers say of themselves.
live_lanes(tonumber(ARGV[1]))
local statuses = {}
for _, worker in ipairs(redis.call('ZRANGE', WORKERS, 0, -1)) do
  local status = redis.call('GET', worker_key(worker))
  if status then statuses[#statuses + 1] = status end
end
return statuses
