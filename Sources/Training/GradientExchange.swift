import Dispatch
import Foundation
import Parallelism
import Ranks
import Tensors

/// Sends gradients to the ranks that update their parameters, a group of parameters at a time, while the backward pass goes on:
/// of the last block first, as they become whole.
///
/// A lane hands over what it has; when all lanes of this rank have, their sum goes out. Every rank sends the groups in the same
/// order, as every lane becomes whole in the same order.
final class GradientExchange: @unchecked Sendable {
  // Sendable: what lanes hand over is behind the lock; buffers are touched on the queue, and after it has drained.
  private let ranks: any RankGroup
  private let groups: [Group]
  private let groupOf: [ObjectIdentifier: Int]
  private let laneCount: Int
  private let lock = NSLock()
  private let queue = DispatchQueue(label: "gradients", qos: .userInitiated)
  /// By group and lane, the gradients of the group's slots; and how many lanes have handed over each.
  private var pending: [[[Tensor?]]] = []
  private var handed: [Int] = []
  /// By slot of this rank, the sums of all ranks; nil of those that nothing has reached it on.
  private var sums: [Int: [Tensor?]] = [:]
  private var spent = 0.0

  /// - Parameters:
  ///   - groups: of slots, in the order in which they become whole.
  ///   - owners: the rank of each slot.
  init(_ slots: [OptimizerSlot], groups: [[Int]], owners: [Int], lanes laneCount: Int, among ranks: any RankGroup) {
    self.ranks = ranks
    self.laneCount = laneCount
    let made = groups.map { Group($0, slots, owners: owners, ranks: ranks) }
    self.groups = made
    groupOf = Dictionary(
      uniqueKeysWithValues: made.enumerated().flatMap { number, group in
        group.parameters.map { (ObjectIdentifier($0), number) }
      })
  }

  /// Begins a step.
  func begin() {
    pending = groups.map { group in Array(repeating: Array(repeating: nil, count: group.slots.count), count: laneCount)
    }
    handed = Array(repeating: 0, count: groups.count)
    (sums, spent) = ([:], 0)
  }

  /// What a lane's last tape is to tell of parameters that are whole.
  func sender(of gradients: Gradients, lane: Int) -> ([Parameter]) -> Void {
    { [unowned gradients] parameters in
      guard let first = parameters.first, let group = self.groupOf[ObjectIdentifier(first)] else { return }
      self.take(group: group, lane: lane, from: gradients)
    }
  }

  /// Takes all that the lane's backward passes have left: the last group.
  func takeRest(of gradients: Gradients, lane: Int) { take(group: groups.count - 1, lane: lane, from: gradients) }

  /// Takes a group's gradients from a lane, on the lane's thread.
  private func take(group number: Int, lane: Int, from gradients: Gradients) {
    let tensors = groups[number].parameters.map(gradients.take)
    lock.withLock {
      pending[number][lane] = tensors
      handed[number] += 1
      guard handed[number] == laneCount else { return }
      queue.async { self.send(number) }
    }
  }

  /// Waits until all is there.
  /// - Returns: by slot of this rank, the sums of all ranks, whose sum is the gradient, and the seconds that sending took.
  func finish() -> (sums: [Int: [Tensor?]], seconds: Double) {
    queue.sync {}
    // Nothing else holds them then: they are added up in their own memory.
    defer { sums = [:] }
    return (sums, spent)
  }

  private func send(_ number: Int) {
    let start = DispatchTime.now().uptimeNanoseconds
    let group = groups[number]
    var lanes = lock.withLock {
      defer { pending[number] = [] }
      return pending[number]
    }
    var own: [Tensor?] = []
    for slot in group.slots.indices {
      // Taken out, so that nothing else holds them: they are added up in their own memory.
      let terms = lanes.indices.map { lane in
        defer { lanes[lane][slot] = nil }
        return lanes[lane][slot]
      }
      own.append(Tensor.sum(terms)?.sum)
    }
    for (slot, tensors) in group.exchange(own, among: ranks) { sums[slot] = tensors }
    spent += Double(DispatchTime.now().uptimeNanoseconds - start) * 1e-9
  }
}

/// Parameters whose gradients go out together.
private final class Group: Sendable {
  /// The slots, those of rank 0 first, then those of rank 1, and so on.
  let slots: [Int]
  let parameters: [Parameter]
  private let own: Range<Int>
  private let counts: [Int]
  private let rank: Int
  /// What goes to the other ranks, and what comes of them.
  private let sent, received: FloatBuffer

  init(_ chosen: [Int], _ all: [OptimizerSlot], owners: [Int], ranks: any RankGroup) {
    slots = chosen.sorted { (owners[$0], $0) < (owners[$1], $1) }
    parameters = slots.map { all[$0].parameter }
    rank = ranks.rank
    let (rank, sorted) = (rank, slots)
    let first = sorted.firstIndex { owners[$0] >= rank } ?? sorted.count
    own = first..<(first + sorted.count { owners[$0] == rank })
    counts = (0..<ranks.count).map { other in
      sorted.reduce(0) { $0 + (owners[$1] == other ? all[$1].parameter.value.count : 0) }
    }
    sent = FloatBuffer(counts.reduce(0, +) - counts[rank])
    received = FloatBuffer(counts[rank] * (ranks.count - 1))
  }

  /// - Parameter sums: this rank's, in the order of the slots; nil where nothing has reached a parameter.
  /// - Returns: for each slot of this rank, the sums of all ranks.
  func exchange(_ sums: [Tensor?], among ranks: any RankGroup) -> [(Int, [Tensor?])] {
    var start = 0
    for (index, sum) in sums.enumerated() where !own.contains(index) {
      let count = parameters[index].value.count
      sum?.withUnsafe { (sent.base + start).update(from: $0, count: count) }
      start += count
    }
    let reached = ranks.gather(sums.map { $0 != nil })
    ranks.exchange(
      UnsafeRawBufferPointer(sent.bytes), counts: counts.map { $0 * MemoryLayout<Float>.size }, into: received.bytes)
    var place = 0
    return own.map { index in
      defer { place += parameters[index].value.count }
      let terms = reached.indices.map { other in
        guard other != rank else { return sums[index] }
        return reached[other][index] ? tensor(of: other, at: place, index) : nil
      }
      return (slots[index], terms)
    }
  }

  /// What another rank has sent of a slot.
  private func tensor(of other: Int, at place: Int, _ index: Int) -> Tensor {
    var tensor = Tensor(uninitialized: parameters[index].value.shape)
    let (count, number) = (tensor.count, other < rank ? other : other - 1)
    tensor.withUnsafeMutable { $0.update(from: received.base + number * counts[rank] + place, count: count) }
    return tensor
  }
}
