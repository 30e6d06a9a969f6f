import Parallelism
package import Tensors

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

  /// Bytes of a number, and the most that a file's header says of a tensor besides its name.
  private static let (bytesOfNumber, bytesOfTensor) = (2, 96)

  /// The differences that fit into so many bytes of a file in half precision; nil where the networks are the same.
  ///
  /// Vectors are kept whole. Of matrices the term of the most energy for its bytes comes first, of all matrices, as in a
  /// knapsack that is filled greedily; one whose factors would be larger than itself is kept whole.
  /// - Parameter trained: has the parameters of `base`, and maybe others.
  package static func extract(
    _ trained: some Module, from base: some Module, byteLimit: Int, threads: Int
  ) -> Extraction? {
    let values = Dictionary(trained.parameters.map { ($0.name, $0.value) }) { first, _ in first }
    let changes = base.parameters.compactMap { parameter -> Change? in
      guard var difference = values[parameter.name] else { return nil }
      precondition(difference.shape == parameter.value.shape, "\(parameter.name) has another shape than before")
      difference.add(parameter.value, times: -1)
      return difference.sumOfSquares > 0 ? Change(name: parameter.name, difference: difference) : nil
    }
    guard !changes.isEmpty else { return nil }
    let total = changes.reduce(0) { $0 + $1.difference.sumOfSquares }
    let spectra = Parallel.map(changes.count, threads: threads) { index in
      changes[index].isMatrix ? SingularValues(changes[index].difference) : nil
    }
    let least = zip(changes, spectra).reduce(0) { $1.1 == nil ? $0 + $1.0.wholeBytes : $0 }
    let ranks = ranks(changes, spectra, byteLimit: byteLimit - least)
    var kept = 0.0
    let entries = Parallel.map(changes.count, threads: threads) { index -> (Difference, Double)? in
      let (change, rank) = (changes[index], ranks[index])
      guard let spectrum = spectra[index], rank < change.wholeRank else {
        return (.whole(change.difference), change.difference.sumOfSquares)
      }
      guard rank > 0 else { return nil }
      let (left, right) = spectrum.factors(rank: rank)
      return (.factors(left: left, right: right), spectrum.values.prefix(rank).reduce(0) { $0 + $1 * $1 })
    }
    var named: [(name: String, difference: Difference)] = []
    for (change, entry) in zip(changes, entries) {
      guard let (difference, energy) = entry else { continue }
      named.append((change.name, difference))
      kept += energy
    }
    return Extraction(differences: .init(named), keptEnergy: min(kept / total, 1), leastBytes: least)
  }

  /// The difference of one parameter.
  private struct Change: Sendable {
    let name: String
    let difference: Tensor

    var isMatrix: Bool { difference.shape.count == 2 }
    private var sides: Int { difference.shape.reduce(0, +) }
    /// The rank from which on factors take no less than the matrix.
    var wholeRank: Int { isMatrix ? (difference.count + sides - 1) / sides : 0 }
    var wholeBytes: Int { bytesOfNumber * difference.count + bytesOfTensor + name.utf8.count }

    func bytes(rank: Int) -> Int {
      guard rank > 0 else { return 0 }
      guard rank < wholeRank else { return wholeBytes }
      return bytesOfNumber * rank * sides + 2 * (bytesOfTensor + name.utf8.count)
    }
  }

  /// The rank that each matrix gets; its `wholeRank` where it is kept whole.
  private static func ranks(_ changes: [Change], _ spectra: [SingularValues?], byteLimit: Int) -> [Int] {
    var terms: [(index: Int, worth: Double)] = []
    for (index, spectrum) in spectra.enumerated() {
      guard let spectrum else { continue }
      let sides = Double(changes[index].difference.shape.reduce(0, +))
      terms += spectrum.values.map { (index, $0 * $0 / sides) }
    }
    // Of one matrix the terms stay in their order, whatever the sorting does to equals.
    terms.sort { ($0.worth, $1.index) > ($1.worth, $0.index) }
    var (ranks, left, full) = ([Int](repeating: 0, count: changes.count), byteLimit, Set<Int>())
    for (index, _) in terms where !full.contains(index) && ranks[index] < changes[index].wholeRank {
      let cost = changes[index].bytes(rank: ranks[index] + 1) - changes[index].bytes(rank: ranks[index])
      guard cost <= left else {
        full.insert(index)
        continue
      }
      ranks[index] += 1
      left -= cost
    }
    return ranks
  }
}
