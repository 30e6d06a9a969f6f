import Foundation

/// Processes that do one piece of work together, on one machine or many. Each has a number, its rank; the first leads.
///
/// All of a group call the same functions in the same order.
public protocol RankGroup: Sendable {
  /// This process, 0 ..< `count`.
  var rank: Int { get }
  var count: Int { get }
  /// Gives all ranks the bytes of the first.
  func broadcast(_ bytes: UnsafeMutableRawBufferPointer)
  /// Gives all ranks the parts of all, one behind the other.
  /// - Parameters:
  ///   - part: this rank's; nil where it is among `parts` already, at its place.
  ///   - counts: the bytes of each rank's part.
  func gather(_ part: UnsafeRawBufferPointer?, counts: [Int], into parts: UnsafeMutableRawBufferPointer)
  /// Sends a part to each other rank, and receives one of each.
  /// - Parameters:
  ///   - parts: what goes to each other rank, one behind the other.
  ///   - counts: the bytes that go to each rank from each other one. Of this rank's place that is what it receives from each.
  ///   - received: what comes of each other rank, one behind the other.
  func exchange(_ parts: UnsafeRawBufferPointer, counts: [Int], into received: UnsafeMutableRawBufferPointer)
}

extension RankGroup {
  public var leads: Bool { rank == 0 }

  /// Waits for all.
  public func meet() { _ = gather([Double]()) }

  /// Gives a value to all other ranks, which `receive` it.
  public func send(_ value: some Encodable) throws {
    var data = try JSONEncoder().encode(value)
    var count = data.count
    withUnsafeMutableBytes(of: &count) { broadcast($0) }
    data.withUnsafeMutableBytes { broadcast($0) }
  }

  /// The value that the first rank sends.
  public func receive<Value: Decodable>(_ type: Value.Type) throws -> Value {
    var count = 0
    withUnsafeMutableBytes(of: &count) { broadcast($0) }
    var data = Data(count: count)
    data.withUnsafeMutableBytes { broadcast($0) }
    return try JSONDecoder().decode(type, from: data)
  }

  /// The numbers of all ranks, rank by rank; each may have another count of them.
  public func gather<Number: BitwiseCopyable>(_ numbers: [Number]) -> [[Number]] {
    let size = MemoryLayout<Number>.stride
    var counts = [Int](repeating: 0, count: count)
    withUnsafeBytes(of: numbers.count) { own in
      counts.withUnsafeMutableBytes {
        gather(own, counts: Array(repeating: MemoryLayout<Int>.size, count: count), into: $0)
      }
    }
    let total = counts.reduce(0, +)
    let all = [Number](unsafeUninitializedCapacity: total) { buffer, filled in
      numbers.withUnsafeBytes {
        gather($0, counts: counts.map { $0 * size }, into: UnsafeMutableRawBufferPointer(buffer))
      }
      filled = total
    }
    var start = 0
    return counts.map { count in
      defer { start += count }
      return Array(all[start..<start + count])
    }
  }

  /// The numbers 0 ..< `total` that are this rank's: every `count`th one.
  public func share(of total: Int) -> [Int] { Array(stride(from: rank, to: total, by: count)) }

  /// What all ranks made of their shares, in the order of the whole.
  public func merge<Number: BitwiseCopyable>(_ own: [Number], total: Int) -> [Number] {
    let all = gather(own)
    return (0..<total).map { all[$0 % count][$0 / count] }
  }
}
