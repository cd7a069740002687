-- Kafka has the job: nobody needs to send it again.
redis.call('ZREM', OUTBOX, ARGV[1])
return { 'OK' }
