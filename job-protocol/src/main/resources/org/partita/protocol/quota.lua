-- Takes one from a client's quota by the generic cell rate algorithm (ITU-T I.371): one number per
-- client, no windows, exact under concurrency.
local key, now, quota, window = PREFIX .. ':quota:' .. ARGV[1], tonumber(ARGV[2]), tonumber(ARGV[3]), tonumber(ARGV[4])
local interval = window / quota
local arrival = math.max(tonumber(redis.call('GET', key) or '0'), now)
local allowed = arrival + interval - now <= window
if allowed then
  arrival = arrival + interval
  redis.call('SET', key, tostring(arrival), 'PX', math.ceil(arrival - now) + 1000)
end
local remaining = math.max(0, math.floor((window - (arrival - now)) / interval + 0.000001))
local wait = math.max(0, arrival + interval - window - now)
return { allowed and '1' or '0', tostring(remaining), tostring(math.ceil((arrival - now) / 1000)), tostring(math.ceil(wait / 1000)) }
