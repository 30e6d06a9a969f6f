import CMPI
import Foundation

/// Ranks that talk by MPI (Message Passing Interface, version 3.1), through Open MPI's library, which is found at run time.
///
/// What fails in MPI ends all ranks, as its standard has it by default. One thread at a time calls it.
public struct MPIRanks: RankGroup, @unchecked Sendable {
  // Sendable: the functions are found once and never change.
  public let rank: Int
  public let count: Int
  private let functions: MPIFunctions

  /// The group of all processes that were started together.
  /// - Returns: nil for a process that was started alone.
  /// - Throws: `RankError`.
  public init?(_ launched: LaunchedRank? = LaunchedRank()) throws(RankError) {
    guard let launched else { return nil }
    var reason: UnsafePointer<CChar>?
    guard let found = cmpi_functions(&reason) else {
      throw .libraryMissing(reason: reason.map { String(cString: $0) } ?? "unknown error")
    }
    functions = found.pointee
    var (rank, size, provided): (Int32, Int32, Int32) = (0, 0, 0)
    guard functions.initialize(nil, nil, Self.serialized, &provided) == 0, provided >= Self.serialized,
      functions.rank(functions.world, &rank) == 0,
      functions.size(functions.world, &size) == 0
    else { throw .cannotBegin }
    guard size == launched.count else { throw .apart(started: launched.count, met: Int(size)) }
    (self.rank, self.count) = (Int(rank), Int(size))
  }

  /// Ends the talk; all ranks have to, at their end.
  public func finish() { _ = functions.finalize() }

  public func broadcast(_ bytes: UnsafeMutableRawBufferPointer) {
    for start in stride(from: 0, to: bytes.count, by: Self.most) {
      let piece = UnsafeMutableRawBufferPointer(rebasing: bytes[start..<min(start + Self.most, bytes.count)])
      guard let base = piece.baseAddress else { continue }
      _ = functions.broadcast(base, Int32(piece.count), functions.byte, 0, functions.world)
    }
  }

  public func gather(_ part: UnsafeRawBufferPointer?, counts: [Int], into parts: UnsafeMutableRawBufferPointer) {
    let (sizes, offsets) = Self.layout(counts)
    _ = functions.gather(
      part.map { $0.baseAddress ?? Self.nowhere } ?? Self.inPlace, Int32(part?.count ?? 0), functions.byte,
      parts.baseAddress ?? UnsafeMutableRawPointer(mutating: Self.nowhere), sizes, offsets, functions.byte,
      functions.world)
  }

  public func exchange(_ parts: UnsafeRawBufferPointer, counts: [Int], into received: UnsafeMutableRawBufferPointer) {
    let (sizes, offsets) = Self.layout(withoutOwn(counts))
    let (receivedSizes, receivedOffsets) = Self.layout(withoutOwn(Array(repeating: counts[rank], count: count)))
    var request: UnsafeMutableRawPointer?
    _ = functions.exchange(
      parts.baseAddress ?? Self.nowhere, sizes, offsets, functions.byte,
      received.baseAddress ?? UnsafeMutableRawPointer(mutating: Self.nowhere), receivedSizes, receivedOffsets,
      functions.byte, functions.world, &request)
    // What waits here does not compute, but others of this process do: they get the core in between.
    var isDone: Int32 = 0
    while functions.test(&request, &isDone, nil) == 0, isDone == 0 { usleep(50) }
  }

  private func withoutOwn(_ counts: [Int]) -> [Int] { counts.enumerated().map { $0 == rank ? 0 : $1 } }

  /// MPI_IN_PLACE of Open MPI.
  private static var inPlace: UnsafeRawPointer { UnsafeRawPointer(bitPattern: 1).unsafelyUnwrapped }

  /// MPI_THREAD_SERIALIZED.
  private static let serialized: Int32 = 2

  /// MPI counts bytes in 31 bits.
  private static let most = 1 << 30
  private static var nowhere: UnsafeRawPointer { UnsafeRawPointer(bitPattern: 64).unsafelyUnwrapped }

  private static func layout(_ counts: [Int]) -> (sizes: [Int32], offsets: [Int32]) {
    var offset = 0
    let offsets = counts.map { count in
      defer { offset += count }
      return Int32(offset)
    }
    return (counts.map(Int32.init), offsets)
  }
}

/// Why processes that were started together cannot work together.
public enum RankError: Error, Equatable, Sendable, CustomStringConvertible {
  case libraryMissing(reason: String)
  case cannotBegin
  case apart(started: Int, met: Int)
  /// So many ranks cannot have equal parts of a batch.
  case lanes(Int, ranks: Int, possible: [Int])
  /// The ranks read different samples.
  case otherSamples(rank: Int)

  public var description: String {
    switch self {
    case .libraryMissing(let reason):
      "Open MPI's library is not here, which several processes need to work together (Debian's package libopenmpi3): \(reason)"
    case .cannotBegin: "MPI does not begin"
    case .apart(let started, let met):
      "\(started) processes were started together, and MPI finds \(met) of them: with srun, give --mpi=pmix"
    case .lanes(let lanes, let ranks, let possible):
      "\(ranks) ranks cannot share a batch whose gradients are summed in \(lanes) lanes: start "
        + possible.map(String.init).joined(separator: ", ") + " ranks, or a new training"
    case .otherSamples(let rank):
      "rank \(rank) reads other samples than rank 0: all ranks need the same folder"
    }
  }
}
