-- A worker says that it lives, what it can and how many lanes it has.
local worker, now, lifetime, lanes, status = ARGV[1], tonumber(ARGV[2]), tonumber(ARGV[3]), ARGV[4], ARGV[5]
redis.call('ZADD', WORKERS, now + lifetime, worker)
redis.call('HSET', LANES, worker, lanes)
redis.call('SET', worker_key(worker), status, 'PX', lifetime)
return { 'OK' }
