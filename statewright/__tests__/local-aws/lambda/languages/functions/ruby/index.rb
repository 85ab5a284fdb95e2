class TestError < StandardError; end

ACTIONS = {
  'echo' => ->(event) { event },
  'raise' => ->(_) { raise TestError, 'boom' },
  'exit' => ->(_) { exit!(3) },
  'sleep' => ->(_) { sleep 60 },
  'memory' => ->(_) { ('x' * 300_000_000).size },
  'big' => ->(_) { 'x' * 7_000_000 },
  'log' => lambda { |_|
    puts 'first line', 'second line'
    warn 'to standard error'
    'logged'
  }
}.freeze

def handler(event:, context:)
  ACTIONS.fetch(event['action']).call(event)
end
