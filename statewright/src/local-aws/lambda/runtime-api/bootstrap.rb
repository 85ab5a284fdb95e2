# frozen_string_literal: true

# The program of a Ruby function's environment: loads the handler, then asks the Runtime API for one event after
# another. Its errors and log lines have the formats of AWS's client for Ruby, aws_lambda_ric. It needs nothing but the
# standard library.

require 'json'
require 'logger'
require 'net/http'
require 'stringio'

$stdout.sync = $stderr.sync = true

# Not in a handler's way: everything but LambdaContext, which AWS has too, is in here.
module LambdaRuntime
  TASK_ROOT = ENV.fetch('LAMBDA_TASK_ROOT')
  BASE = '/2018-06-01/runtime/'
  JSON_LOGS = ENV['AWS_LAMBDA_LOG_FORMAT'].to_s.casecmp?('json')
  LOG_FILE = IO.for_fd(ENV.delete('_LAMBDA_TELEMETRY_LOG_FD').to_i, 'wb', autoclose: false).tap { |io| io.sync = true }
  FRAME_TYPE = 0xa55a0001
  # The client reports other types of errors as UserException.
  KNOWN_ERRORS = %w[ArgumentError NoMethodError Exception StandardError NameError LoadError SystemExit SystemStackError].freeze

  class << self
    attr_accessor :request_id

    # Writes one event of the log, however many lines it has.
    def log(text)
      text = text.to_s.dup.force_encoding('UTF-8').scrub
      LOG_FILE.write([FRAME_TYPE, text.bytesize].pack('L>L>') + text.b)
      text.bytesize
    end

    # Replaces local paths with those on AWS, so that an error reads the same.
    def portable(text) = text.to_s.dup.force_encoding('UTF-8').scrub.gsub(TASK_ROOT, '/var/task')
  end

  # Where `Logger.new($stdout)` writes.
  class LogDevice < Logger::LogDevice
    def initialize; end
    def write(text) = LambdaRuntime.log(text)
    def reopen(*) = self
    def close; end
  end

  class TextFormatter < Logger::Formatter
    FORMAT = "%s, [%s #%d] %5s %s -- %s: %s\n"

    def call(severity, time, program, message)
      format(FORMAT, severity[0], format_datetime(time), Process.pid, severity, LambdaRuntime.request_id, program, msg2str(message))
    end
  end

  class JsonFormatter < Logger::Formatter
    def call(severity, time, program, message)
      error = message.is_a?(Exception) ? message : nil
      line = {
        timestamp: time.utc.strftime('%Y-%m-%dT%H:%M:%S.%6NZ'),
        level: severity,
        message: error ? error.message : msg2str(message),
        requestId: LambdaRuntime.request_id,
        logger: program,
        errorType: error&.class&.to_s,
        errorMessage: error&.message,
        stackTrace: error && Array(error.backtrace).map { |place| LambdaRuntime.portable(place) }
      }
      "#{JSON.generate(line.compact)}\n"
    end
  end

  # A logger of the standard output writes events, with the invocation's id.
  module LoggerPatch
    def initialize(device = nil, *rest, **options)
      standard = device.nil? || device.equal?($stdout) || device.equal?($stderr)
      super(standard ? LogDevice.new : device, *rest, **options)
      @default_formatter = JSON_LOGS ? JsonFormatter.new : TextFormatter.new if standard
    end
  end

  # The connection to the Runtime API.
  class Api
    def initialize
      host, port = ENV.fetch('AWS_LAMBDA_RUNTIME_API').split(':')
      # Not through a proxy that the function's variables name.
      @http = Net::HTTP.new(host, port.to_i, nil)
      # A frozen process may wait for days.
      @http.read_timeout = @http.keep_alive_timeout = 10_000_000
      @http.max_retries = 0
      @http.start
    end

    def next = @http.get("#{BASE}invocation/next")

    def respond(id, body, content_type)
      answer = @http.post("#{BASE}invocation/#{id}/response", body, 'Content-Type' => content_type)
      return if answer.is_a?(Net::HTTPSuccess)

      warn "[ERROR] [#{(Time.now.to_f * 1000).to_i}] LAMBDA_RUNTIME Failed to post handler success response. Http response code: #{answer.code}."
    end

    # Logs an error and reports it. @param origin what it is an error of: Init, Function or Runtime
    def fail(path, title, error, origin)
      known = KNOWN_ERRORS.include?(error.class.to_s)
      report = {
        errorMessage: LambdaRuntime.portable(error.message),
        errorType: "#{origin}<#{error.class}>",
        stackTrace: trace_of(error)
      }
      LambdaRuntime.log(title)
      LambdaRuntime.log(JSON.pretty_generate(report))
      type = known ? report[:errorType] : 'Function<UserException>'
      @http.post(BASE + path, JSON.generate(report), 'Lambda-Runtime-Function-Error-Type' => type)
    end

    private

    # The function's own lines, without those of this file and of what loaded it.
    def trace_of(error)
      lines = (error.backtrace || []).first(100).map { |line| LambdaRuntime.portable(line) }
      lines.take_while { |line| !line.start_with?(__FILE__) }.reject { |line| line.start_with?('<internal:') || line.include?('/rubygems/') }
    end
  end

  # Finds and calls `file.method`, `file.Class.method` or `folder/file.Module::Class.method`.
  class Handler
    def initialize(name)
      parts = name.split('.')
      @file, *@owner, @method = parts
      return if [2, 3].include?(parts.size)

      raise ArgumentError, "Invalid handler #{parts}, must be of form FILENAME.METHOD or FILENAME.CLASS.METHOD where FILENAME corresponds with an existing Ruby source file FILENAME.rb, CLASS is an optional module/class namespace and METHOD is a callable method. If using CLASS, METHOD must be a class-level method."
    end

    def load = require(@file)

    # Returns the body of the result and its content type.
    def call(event, context)
      receiver = @owner.empty? ? TOPLEVEL_BINDING.receiver : Kernel.const_get(@owner.first)
      result = receiver.__send__(@method, event: event, context: context)
      return [result.read, 'application/unknown'] if result.is_a?(StringIO) || result.is_a?(IO)

      [result.to_json, 'application/json']
    end
  end
end

# The `context` of a handler.
class LambdaContext
  attr_reader :aws_request_id, :invoked_function_arn, :log_group_name, :log_stream_name, :function_name,
              :memory_limit_in_mb, :function_version, :identity, :client_context, :deadline_ms

  def initialize(request)
    @deadline_ms = request['Lambda-Runtime-Deadline-Ms'].to_i
    @aws_request_id = request['Lambda-Runtime-Aws-Request-Id']
    @invoked_function_arn = request['Lambda-Runtime-Invoked-Function-Arn']
    @log_group_name = ENV['AWS_LAMBDA_LOG_GROUP_NAME']
    @log_stream_name = ENV['AWS_LAMBDA_LOG_STREAM_NAME']
    @function_name = ENV['AWS_LAMBDA_FUNCTION_NAME']
    @memory_limit_in_mb = ENV['AWS_LAMBDA_FUNCTION_MEMORY_SIZE']
    @function_version = ENV['AWS_LAMBDA_FUNCTION_VERSION']
    @identity = parsed(request['Lambda-Runtime-Cognito-Identity'])
    @client_context = parsed(request['Lambda-Runtime-Client-Context'])
  end

  def get_remaining_time_in_millis = [@deadline_ms - (Time.now.to_f * 1000).to_i, 0].max

  private

  def parsed(header) = header && JSON.parse(header.dup.force_encoding('UTF-8'))
end

Logger.prepend(LambdaRuntime::LoggerPatch)
Kernel.module_eval do
  def puts(*values) = LambdaRuntime.log(values.flatten.map(&:to_s).join("\n")) && nil
end

$LOAD_PATH.unshift(LambdaRuntime::TASK_ROOT)
api = LambdaRuntime::Api.new
begin
  handler = LambdaRuntime::Handler.new(ARGV[0].to_s)
  handler.load
rescue Exception => e # A file that is missing or has a syntax error is not a StandardError.
  api.fail('init/error', 'Init error when loading handler', e, 'Init')
  exit!(252)
end

loop do
  request = api.next
  id = LambdaRuntime.request_id = request['Lambda-Runtime-Aws-Request-Id']
  ENV['_X_AMZN_TRACE_ID'] = request['Lambda-Runtime-Trace-Id']
  begin
    event = JSON.parse(request.body.force_encoding('UTF-8'))
    api.respond(id, *handler.call(event, LambdaContext.new(request)))
  rescue NameError, ScriptError, NoMemoryError, SecurityError, SystemStackError, SystemExit, SignalException => e
    # What the client calls critical ends the process. A NoMethodError is a NameError.
    api.fail("invocation/#{id}/error", 'Critical exception from handler', e, 'Function')
    exit!(255)
  rescue StandardError => e
    api.fail("invocation/#{id}/error", 'Error raised from handler method', e, 'Function')
  end
end
