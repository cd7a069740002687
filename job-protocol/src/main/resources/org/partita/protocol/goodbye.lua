-- A worker leaves.
redis.call('ZREM', WORKERS, ARGV[1])
redis.call('HDEL', LANES, ARGV[1])
redis.call('DEL', worker_key(ARGV[1]))
return { 'OK' }
