/**
 * The one write. KEYS: run, log, open, owner, audit. ARGV: expected version, expected epoch or "",
 * "1" to take the cluster, "1" when the run ends, run id, number of fields, field, value …, then lines.
 * Either everything is written (run, journal, audit, lock) or nothing (queue.md I2, I8, I9).
 */
export const commitScript = `
local version = redis.call('HGET', KEYS[1], 'version')
if version ~= ARGV[1] then return 'conflict' end
if ARGV[2] ~= '' and redis.call('HGET', KEYS[1], 'epoch') ~= ARGV[2] then return 'fenced' end
local owner = redis.call('GET', KEYS[4])
if ARGV[3] == '1' and owner and owner ~= ARGV[5] then return 'busy' end
local last = 6 + 2 * tonumber(ARGV[6])
for i = 7, last, 2 do redis.call('HSET', KEYS[1], ARGV[i], ARGV[i + 1]) end
redis.call('HINCRBY', KEYS[1], 'version', 1)
for i = last + 1, #ARGV do
  redis.call('XADD', KEYS[2], '*', 'line', ARGV[i])
  redis.call('XADD', KEYS[5], '*', 'run', ARGV[5], 'line', ARGV[i])
end
if ARGV[3] == '1' then redis.call('SET', KEYS[4], ARGV[5]) end
if ARGV[4] == '1' then
  redis.call('SREM', KEYS[3], ARGV[5])
  if owner == ARGV[5] then redis.call('DEL', KEYS[4]) end
end
return 'ok'
`;

/** Creates a run unless it exists. KEYS: run, log, open, runs, audit. ARGV: id, time, number of fields, field, value …, lines. */
export const createScript = `
if redis.call('EXISTS', KEYS[1]) == 1 then return 'exists' end
local last = 3 + 2 * tonumber(ARGV[3])
for i = 4, last, 2 do redis.call('HSET', KEYS[1], ARGV[i], ARGV[i + 1]) end
redis.call('HSET', KEYS[1], 'version', 1)
redis.call('SADD', KEYS[3], ARGV[1])
redis.call('ZADD', KEYS[4], ARGV[2], ARGV[1])
for i = last + 1, #ARGV do
  redis.call('XADD', KEYS[2], '*', 'line', ARGV[i])
  redis.call('XADD', KEYS[5], '*', 'run', ARGV[1], 'line', ARGV[i])
end
return 'ok'
`;
