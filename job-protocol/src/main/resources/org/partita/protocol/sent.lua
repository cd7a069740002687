-- Kafka has the job: nobody needs to send it again.
confirm(ARGV[1])
return { 'OK' }
