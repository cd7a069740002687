-- How far pieces are and their new notes, each under its fence; renews the leases. One call for all
-- lanes of a worker: five arguments a job, one answer each.
local now, lease = tonumber(ARGV[1]), tonumber(ARGV[2])
local answers, grown = {}, {}
for i = 3, #ARGV, 5 do
  local id, fence, done, total, notes = ARGV[i], ARGV[i + 1], ARGV[i + 2], ARGV[i + 3], ARGV[i + 4]
  local answer = holding(id, fence)
  if answer == 'held' then
    redis.call('HSET', job_key(id), 'done', done, 'total', total, 'lease', lease, 'leaseEnd', now + lease)
    enter_running(id, now + lease)
    write_progress(id, notes, done, total)
    grown[#grown + 1] = id
  end
  answers[#answers + 1] = answer
end
if #grown > 0 then ring(table.concat(grown, ' ')) end
return answers
