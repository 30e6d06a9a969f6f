import Dispatch
import Parallelism
package import Ranks
import Tensors

/// The optimizer's slots among ranks: each rank updates some parameters, and holds their moments and averages, so that the
/// work and the traffic of a step do not grow with the number of ranks (ZeRO, stage 1: Rajbhandari et al. 2020, "ZeRO: Memory
/// Optimizations Toward Training Trillion Parameter Models").
///
/// Gradients are summed in the order in which one process sums its lanes, so that any number of ranks gives the same bytes.
public final class OptimizerShards {
  package let ranks: any RankGroup
  /// The slots that this rank updates.
  package let own: [Int]
  let exchange: GradientExchange
  /// The slots of each rank, and the floats of these.
  private let owned: [[Int]]
  private let counts: [Int]
  /// Of all slots, rank by rank.
  private let all: FloatBuffer
  /// How long this rank has waited for others and sent, and how much: since the beginning.
  private(set) var talk = Talk()

  /// What ranks have to say to each other.
  public struct Talk: Sendable, Equatable {
    public var steps = 0
    /// Seconds that nothing else was done in; and those that went by beside the backward pass.
    public var seconds = 0.0
    public var hiddenSeconds = 0.0
    /// Bytes that this rank has sent.
    public var bytes = 0
  }

  /// - Parameters:
  ///   - groups: of slots, in the order in which their gradients become whole.
  ///   - lanes: that each rank computes.
  init(_ slots: [OptimizerSlot], groups: [[Int]], lanes: Int, among ranks: any RankGroup) {
    self.ranks = ranks
    let owners = Self.owners(slots.map(\.parameter.value.count), groups: groups, ranks: ranks.count)
    owned = (0..<ranks.count).map { rank in slots.indices.filter { owners[$0] == rank } }
    counts = owned.map { $0.reduce(0) { $0 + slots[$1].parameter.value.count } }
    own = owned[ranks.rank]
    exchange = GradientExchange(slots, groups: groups, owners: owners, lanes: lanes, among: ranks)
    all = FloatBuffer(counts.reduce(0, +))
  }

  /// The rank of each parameter: in each group the largest first, each to the rank that has the least.
  static func owners(_ sizes: [Int], groups: [[Int]], ranks: Int) -> [Int] {
    var (owners, loads) = ([Int](repeating: 0, count: sizes.count), [Int](repeating: 0, count: ranks))
    for group in groups {
      for slot in group.sorted(by: { (sizes[$1], $0) < (sizes[$0], $1) }) {
        let least = loads.indices.min { loads[$0] < loads[$1] } ?? 0
        owners[slot] = least
        loads[least] += sizes[slot]
      }
    }
    return owners
  }

  /// Takes the gradients of this rank's slots, summed over all ranks.
  /// - Returns: the sum of the squares of each slot's gradient.
  func sumGradients(of slots: [OptimizerSlot], threads: Int) -> [Double] {
    let start = DispatchTime.now().uptimeNanoseconds
    var (sums, sending) = exchange.finish()
    count(since: start, sending: sending)
    for (index, slot) in slots.enumerated() { slot.terms = sums.removeValue(forKey: index) ?? [] }
    let squares = Parallel.map(own.count, threads: threads) { [own] in slots[own[$0]].sumGradients() }
    var ordered = [Double](repeating: 0, count: slots.count)
    for (rank, squares) in ranks.gather(squares).enumerated() {
      for (slot, square) in zip(owned[rank], squares) { ordered[slot] = square }
    }
    return ordered
  }

  private func count(since start: UInt64, sending: Double) {
    let waited = Double(DispatchTime.now().uptimeNanoseconds - start) * 1e-9
    talk.steps += 1
    talk.seconds += waited
    talk.hiddenSeconds += max(0, sending - waited)
    // The gradients of the others' slots, and the weights of this rank's to each other one.
    let others = all.count - counts[ranks.rank] + counts[ranks.rank] * (ranks.count - 1)
    talk.bytes += others * MemoryLayout<Float>.size
  }

  /// Gives all ranks the weights of each rank's slots.
  func spreadWeights(of slots: [OptimizerSlot], threads: Int) {
    let start = DispatchTime.now().uptimeNanoseconds
    spread(slots, threads: threads, of: \.parameter.value) { slot, write in slot.parameter.update(write) }
    talk.seconds += Double(DispatchTime.now().uptimeNanoseconds - start) * 1e-9
  }

  /// Gives all ranks the averages and moments of each rank's slots.
  func spreadState(of slots: [OptimizerSlot], threads: Int) {
    spread(slots, threads: threads, of: \.firstMoment) { $0.firstMoment.withUnsafeMutable($1) }
    spread(slots, threads: threads, of: \.secondMoment) { $0.secondMoment.withUnsafeMutable($1) }
    spread(slots, threads: threads, of: \.average?.value) { $0.average?.update($1) }
  }

  /// Gives all ranks what the first has: weights, averages and moments.
  func begin(_ slots: [OptimizerSlot]) {
    for slot in slots {
      let count = slot.parameter.value.count
      func send(_ base: UnsafeMutablePointer<Float>) {
        ranks.broadcast(UnsafeMutableRawBufferPointer(UnsafeMutableBufferPointer(start: base, count: count)))
      }
      slot.parameter.update(send)
      slot.average?.update(send)
      slot.firstMoment.withUnsafeMutable(send)
      slot.secondMoment.withUnsafeMutable(send)
    }
  }

  private func spread(
    _ slots: [OptimizerSlot], threads: Int, of value: @Sendable (OptimizerSlot) -> Tensor?,
    _ take: @Sendable (OptimizerSlot, (UnsafeMutablePointer<Float>) -> Void) -> Void
  ) {
    let places = places(slots)
    let mine = places.filter { own.contains($0.slot) }
    Parallel.forEach(mine.count, threads: threads) { [all] number in
      guard let tensor = value(slots[mine[number].slot]) else { return }
      tensor.withUnsafe { (all.base + mine[number].start).update(from: $0, count: tensor.count) }
    }
    ranks.gather(nil, counts: counts.map { $0 * MemoryLayout<Float>.size }, into: all.bytes)
    let others = places.filter { !own.contains($0.slot) }
    Parallel.forEach(others.count, threads: threads) { [all] number in
      let slot = slots[others[number].slot]
      let count = slot.parameter.value.count
      take(slot) { $0.update(from: all.base + others[number].start, count: count) }
    }
  }

  /// Where each slot stands among all, rank by rank.
  private func places(_ slots: [OptimizerSlot]) -> [(slot: Int, start: Int)] {
    var start = 0
    return owned.joined().map { slot in
      defer { start += slots[slot].parameter.value.count }
      return (slot, start)
    }
  }
}

/// Floats that go between ranks.
final class FloatBuffer: @unchecked Sendable {
  // Sendable: each thread touches its own part.
  let count: Int
  let base: UnsafeMutablePointer<Float>
  var bytes: UnsafeMutableRawBufferPointer {
    UnsafeMutableRawBufferPointer(UnsafeMutableBufferPointer(start: base, count: count))
  }

  init(_ count: Int) {
    self.count = count
    base = .allocate(capacity: max(1, count))
    base.initialize(repeating: 0, count: count)
  }

  deinit { base.deallocate() }
}
