import Foundation
import Synchronization

/// This very program at other work, as a process of its own at a low priority: what ends it ends nothing else, and its memory
/// is its own. It ends too where this one is killed.
struct ProgramRun {
  private let process = Process()
  private let lines: ProgramLines
  private let readers = DispatchGroup()

  /// - Parameters:
  ///   - folder: where it works: what it keeps for later lies there.
  init(_ program: URL, _ arguments: [String], in folder: URL, lines: ProgramLines) {
    self.lines = lines
    process.executableURL = program
    process.arguments = arguments
    process.currentDirectoryURL = folder
    process.environment = ProcessInfo.processInfo.environment.merging(["HISS_PARENT": "\(getpid())"]) { $1 }
    process.standardInput = FileHandle.nullDevice
  }

  /// Runs it to its end.
  /// - Parameters:
  ///   - isStopped: is asked five times a second: where it says so, the program gets Ctrl-C.
  ///   - look: is called as often.
  /// - Returns: its exit code; 128 and the signal's number where one ended it.
  func run(isStopped: () -> Bool, look: () -> Void) throws -> Int32 {
    let (output, errors) = (Pipe(), Pipe())
    (process.standardOutput, process.standardError) = (output, errors)
    try process.run()
    setpriority(__priority_which_t(PRIO_PROCESS.rawValue), id_t(process.processIdentifier), 10)
    read(output, isResult: true)
    read(errors, isResult: false)
    var isStopping = false
    while process.isRunning {
      usleep(200_000)
      if !isStopping, isStopped() {
        isStopping = true
        process.interrupt()
      }
      look()
    }
    // What it said last may still be on its way.
    _ = readers.wait(timeout: .now() + 5)
    look()
    return process.terminationReason == .exit ? process.terminationStatus : 128 + process.terminationStatus
  }

  private func read(_ pipe: Pipe, isResult: Bool) {
    readers.enter()
    Thread.detachNewThread { [lines, readers] in
      var buffer = [UInt8](repeating: 0, count: 16 << 10)
      while true {
        let count = Foundation.read(pipe.fileHandleForReading.fileDescriptor, &buffer, buffer.count)
        if count < 0, errno == EINTR { continue }
        guard count > 0 else { break }
        lines.take(Data(buffer[..<count]), isResult: isResult)
      }
      readers.leave()
    }
  }
}

/// What a program says, line by line: how far it is, what people should know, and what came of it.
final class ProgramLines: Sendable {
  struct Told: Equatable {
    var progress = 0.0
    var secondsLeft: Double?
    var notices: [String] = []
  }

  /// A line on stdout, as `hiss train --json` writes it.
  private struct Step: Decodable {
    var step: Int
    var steps: Int
    var secondsLeft: Double?
  }

  /// A line on stderr, as `hiss evaluate --json-progress` writes it.
  private struct Piece: Decodable {
    var stage: String
    var done: Int
    var total: Int
  }

  private struct State {
    var told = Told()
    var rest: [Bool: String] = [:]
    var output = Data()
  }
  private let state = Mutex(State())
  private let home: URL
  /// The stages of a piece of work, in their order.
  private let stages: [String]
  private static let mostNotices = 60
  private static let mostOutput = 16 << 20

  /// - Parameter home: paths below it are said from there on.
  init(home: URL, stages: [String] = []) { (self.home, self.stages) = (home, stages) }

  var told: Told { state.withLock { $0.told } }
  /// All of stdout.
  var output: Data { state.withLock { $0.output } }

  func take(_ data: Data, isResult: Bool) {
    state.withLock { state in
      if isResult, state.output.count < Self.mostOutput { state.output += data }
      let text = (state.rest[isResult] ?? "") + String(decoding: data, as: UTF8.self)
      var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
      state.rest[isResult] = String((lines.popLast() ?? "").suffix(10_000))
      for line in lines where !line.isEmpty {
        if isResult { Self.read(line, &state.told) } else { add(line, &state.told) }
      }
    }
  }

  private static func read(_ line: String, _ told: inout Told) {
    guard let step = try? JSONDecoder().decode(Step.self, from: Data(line.utf8)), step.steps > 0 else { return }
    told.progress = min(1, max(0, Double(step.step) / Double(step.steps)))
    told.secondsLeft = step.secondsLeft
  }

  private func add(_ line: String, _ told: inout Told) {
    if line.hasPrefix("{"), let piece = try? JSONDecoder().decode(Piece.self, from: Data(line.utf8)) {
      guard let stage = stages.firstIndex(of: piece.stage), piece.total > 0 else { return }
      let share = (Double(stage) + Double(piece.done) / Double(piece.total)) / Double(stages.count)
      told.progress = min(1, max(told.progress, share))
      return
    }
    let said = line.hasPrefix("hiss: ") ? String(line.dropFirst(6)) : line
    told.notices.append(String(ErrorPhrasing.line(said, from: home).prefix(400)))
    if told.notices.count > Self.mostNotices { told.notices.removeFirst() }
  }
}
