-- Sends each line of a file once, as the body of a request; counts answers that are no whole decision, and says so when the lines run out.
-- TOKEN, an access token, goes with each. AGAIN lets the lines be sent again and again. PAUSE is for how many
-- milliseconds a connection rests between an answer and the next request.
local headers = { ["Content-Type"] = "application/json" }
if os.getenv("TOKEN") then headers["Authorization"] = "Bearer " .. os.getenv("TOKEN") end
local again = os.getenv("AGAIN")
local pause = tonumber(os.getenv("PAUSE") or "0")
if pause > 0 then
  function delay() return pause * (0.5 + math.random()) end
end
local lines = io.lines(os.getenv("CODES"))
local threads = {}

function setup(thread) table.insert(threads, thread) end

function init() bad = 0; spent = 0 end

function request()
  local body = lines()
  if not body then
    if not again then spent = spent + 1 end
    lines = io.lines(os.getenv("CODES"))
    body = lines()
  end
  return wrk.format("POST", "/v1/resolve", headers, body)
end

function response(status, headers, body)
  if status ~= 200 or not body:find('"risk":"LOW"', 1, true) or body:find('"abridged":true', 1, true) then bad = bad + 1 end
end

function done(summary, latency)
  local wrong, ran_out = 0, 0
  for _, thread in ipairs(threads) do
    wrong = wrong + thread:get("bad")
    ran_out = ran_out + thread:get("spent")
  end
  local faults = summary.errors.connect + summary.errors.read + summary.errors.write + summary.errors.timeout
  io.write(string.format("RESULT %.0f %.2f %.2f %d %d %d\n",
    summary.requests / (summary.duration / 1e6), latency:percentile(50) / 1000, latency:percentile(99) / 1000, wrong, faults, ran_out))
end
