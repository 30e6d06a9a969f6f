import Foundation
import Tensors

#if canImport(Darwin)
  import Darwin
#elseif canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// Gives damaged files to a reader, and holds it to this: it reads them or throws its own error, within a second, with no
/// more memory than ten times the input and 64 MB. A crash leaves the input behind.
@main
enum FuzzReaders {
  static func main() throws {
    let arguments = CommandLine.arguments
    guard arguments.count == 5, let reader = ReaderUnderTest(rawValue: arguments[1]), let count = Int(arguments[2]),
      let seed = UInt64(arguments[3])
    else {
      let readers = ReaderUnderTest.allCases.map(\.rawValue).joined(separator: "|")
      FileHandle.standardError.write(Data("usage: FuzzReaders \(readers) COUNT SEED FOLDER\n".utf8))
      exit(EX_USAGE)
    }
    let folder = URL(fileURLWithPath: arguments[4], isDirectory: true)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    try fuzz(reader, count: count, seed: seed, in: folder)
  }

  private static func fuzz(_ reader: ReaderUnderTest, count: Int, seed: UInt64, in folder: URL) throws {
    let seeds = try reader.seeds(folder)
    let input = folder.appendingPathComponent(reader.fileName)
    for bytes in seeds {
      try Data(bytes).write(to: input)
      guard try reader.accepts(folder) else { fail(reader, 0, "a file that is in order is refused", input) }
    }
    var mutator = Mutator(seeds: seeds, words: reader.words, seed: seed)
    var (accepted, slowest) = (0, Duration.zero)
    let baseline = peakMemory
    for index in 1...count {
      let bytes = mutator.next()
      try Data(bytes).write(to: input)
      let start = ContinuousClock.now
      do {
        if try reader.accepts(folder) { accepted += 1 }
      } catch {
        fail(reader, index, "an error of another kind: \(error)", input)
      }
      let elapsed = ContinuousClock.now - start
      slowest = max(slowest, elapsed)
      if elapsed > .seconds(1) { fail(reader, index, "it took \(elapsed)", input) }
      let grown = peakMemory - baseline
      if grown > 10 * bytes.count + 64 << 20 { fail(reader, index, "it took \(grown >> 20) MB", input) }
    }
    let memory = (peakMemory - baseline) >> 20
    print(
      "\(reader.rawValue): \(count) inputs, \(accepted) read, \(count - accepted) refused with a typed error; slowest "
        + "\(slowest.formatted(.units(allowed: [.milliseconds]))), \(memory) MB more at most")
  }

  /// Bytes of memory that the process has had at most.
  private static var peakMemory: Int {
    var usage = rusage()
    getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
    return usage.ru_maxrss << 10
  }

  private static func fail(_ reader: ReaderUnderTest, _ index: Int, _ reason: String, _ input: URL) -> Never {
    print("\(reader.rawValue): input \(index): \(reason); it is in \(input.path)")
    exit(1)
  }
}
