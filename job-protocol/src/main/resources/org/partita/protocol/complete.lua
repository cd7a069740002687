-- Tells the last notes, stores the piece and ends the job, under the fence. The same completion again
-- is accepted.
local id, fence, now, midi, result, data = ARGV[1], ARGV[2], tonumber(ARGV[3]), ARGV[4], ARGV[5], ARGV[6]
local notes = ARGV[7]
if get(id, 'status') == 'succeeded' and get(id, 'fence') == fence and get(id, 'result') == result then
  return { 'held' }
end
local answer = holding(id, fence)
if answer ~= 'held' then return { answer } end
local total = get(id, 'total')
if notes ~= '' then write_progress(id, notes, total, total) end
redis.call('SET', midi_key(id), midi)
redis.call('HSET', job_key(id), 'result', result, 'done', total)
local seconds = (now - number(id, 'startedAt')) / 1000
local pace = seconds / math.max(1, number(id, 'work'))
local average = tonumber(redis.call('HGET', STATS, 'secondsPerNote') or pace)
redis.call('HSET', STATS, 'secondsPerNote', tostring(average + 0.2 * (pace - average)))
finish(id, 'succeeded', now, data)
return { 'held' }
