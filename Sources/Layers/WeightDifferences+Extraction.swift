import Parallelism
import Tensors

/// The differences of a trained network from the one that it began with, within a number of bytes.
extension WeightDifferences {
  /// What came of an extraction.
  package struct Extraction: Sendable {
    package let differences: WeightDifferences
    /// The share of the differences' energy, the sum of their squares, that is kept: 0 … 1.
    package let keptEnergy: Double
    /// The least bytes that a file of them takes: all that is no matrix.
    package let leastBytes: Int
  }

  /// The differences that fit into so many bytes of a file; nil where the networks are the same.
  ///
  /// Vectors are kept whole. Of matrices the term of the most energy for its bytes comes first, of all matrices, as in a
  /// knapsack that is filled greedily; one whose factors would be larger than itself, or that lacks no term, is kept whole.
  /// - Parameters:
  ///   - trained: has the parameters of `base`, and maybe others.
  ///   - progress: is told how many matrices of how many are decomposed.
  package static func extract(
    _ trained: some Module, from base: some Module, byteLimit: Int, threads: Int,
    progress: @escaping @Sendable (Int, Int) -> Void = { _, _ in }
  ) -> Extraction? {
    let values = Dictionary(trained.parameters.map { ($0.name, $0.value) }) { first, _ in first }
    let differences = base.parameters.compactMap { parameter -> (name: String, tensor: Tensor)? in
      guard var difference = values[parameter.name] else { return nil }
      precondition(difference.shape == parameter.value.shape, "\(parameter.name) has another shape than before")
      difference.add(parameter.value, times: -1)
      return difference.sumOfSquares > 0 ? (parameter.name, difference) : nil
    }
    guard !differences.isEmpty else { return nil }
    let counter = WorkCounter(total: differences.count, tell: progress)
    let changes = Parallel.map(differences.count, threads: threads) { index in
      defer { counter.advance() }
      return Change(differences[index].name, differences[index].tensor)
    }
    let least = changes.reduce(0) { $1.spectrum == nil ? $0 + $1.wholeBytes : $0 }
    let ranks = ranks(changes, byteLimit: byteLimit - least)
    let kept = zip(changes, ranks).compactMap { change, rank in
      change.kept(rank: rank).map { (name: change.name, difference: $0) }
    }
    let energy = zip(changes, ranks).reduce(0) { $0 + $1.0.energy(rank: $1.1) }
    let total = changes.reduce(0) { $0 + $1.difference.sumOfSquares }
    return Extraction(differences: .init(kept), keptEnergy: min(energy / total, 1), leastBytes: least)
  }

  /// The difference of one parameter.
  private struct Change: Sendable {
    let name: String
    let difference: Tensor
    /// nil for what is no matrix.
    let spectrum: SingularValues?

    /// The most that a file's header says of a tensor besides its name.
    private static let bytesOfTensor = 96

    init(_ name: String, _ difference: Tensor) {
      (self.name, self.difference) = (name, difference)
      spectrum = difference.shape.count == 2 ? SingularValues(difference) : nil
    }

    var wholeBytes: Int { 2 * difference.count + Self.bytesOfTensor + name.utf8.count }

    /// The rank that stands for the whole.
    var wholeRank: Int {
      let most = spectrum?.values.count ?? 0
      return (1..<max(most, 1)).first { factorBytes(rank: $0) >= wholeBytes } ?? most
    }

    private func factorBytes(rank: Int) -> Int {
      rank * (difference.shape.reduce(0, +) + 4) + 3 * (Self.bytesOfTensor + name.utf8.count)
    }

    func bytes(rank: Int) -> Int { rank == 0 ? 0 : rank < wholeRank ? factorBytes(rank: rank) : wholeBytes }

    /// What a file has of it; nil where nothing.
    func kept(rank: Int) -> Difference? {
      guard let spectrum, rank < wholeRank else { return .whole(difference) }
      return rank == 0 ? nil : .factors(LowRankMatrix(rounding: spectrum.factors(rank: rank)))
    }

    func energy(rank: Int) -> Double {
      guard let spectrum, rank < wholeRank else { return difference.sumOfSquares }
      return spectrum.values.prefix(rank).reduce(0) { $0 + $1 * $1 }
    }
  }

  /// The rank that each matrix gets.
  private static func ranks(_ changes: [Change], byteLimit: Int) -> [Int] {
    let most = changes.map(\.wholeRank)
    var terms: [(index: Int, worth: Double)] = []
    for (index, change) in changes.enumerated() {
      let sides = Double(change.difference.shape.reduce(0, +))
      terms += (change.spectrum?.values ?? []).prefix(most[index]).map { (index, $0 * $0 / sides) }
    }
    terms.sort { ($0.worth, $1.index) > ($1.worth, $0.index) }
    var (ranks, left, full) = ([Int](repeating: 0, count: changes.count), byteLimit, Set<Int>())
    for (index, _) in terms where !full.contains(index) {
      let (change, rank) = (changes[index], ranks[index] + 1)
      let cost = change.bytes(rank: rank) - change.bytes(rank: rank - 1)
      if cost <= left {
        ranks[index] = rank
        left -= cost
      } else {
        full.insert(index)
      }
    }
    return ranks
  }
}
