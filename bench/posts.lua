-- Posts the lines of a file, each of them a key and a body, one after another. Says at the end how many it has taken.
taken = 0
local lines

function init(args)
  lines = io.lines(args[1])
end

function request()
  taken = taken + 1
  local key, body = lines():match("^(%S+)\t(.+)$")
  return wrk.format("POST", nil, { ["x-api-key"] = key, ["content-type"] = "application/json" }, body)
end

local only

function setup(thread)
  only = thread
end

function done()
  io.write("taken: " .. only:get("taken") .. "\n")
end
