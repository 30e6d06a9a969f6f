import Storage

/// Which clips are learned from, and which are kept apart to judge by.
///
/// A clip's side follows from its name alone, so that it stays where it is when others are added or removed, and the
/// captions of one file stay together.
package struct HeldOutSplit: Equatable, Sendable {
  package let training: [Int]
  package let heldOut: [Int]

  /// With up to this many clips, all are needed to learn from.
  package static let smallestDivided = 10

  /// Splits clips of the given names.
  /// - Parameter heldOutFraction: how much to keep apart, about; when it is not 0 and there are more than ten clips, at
  ///   least one name is.
  package init(names: [String], heldOutFraction: Double) {
    precondition(heldOutFraction >= 0 && heldOutFraction < 1, "held-out fraction \(heldOutFraction) is not in 0..<1")
    let draws = names.map { Double(StableHash.of($0) >> 11) * 0x1p-53 }
    var limit = heldOutFraction
    if names.count <= Self.smallestDivided || heldOutFraction == 0 {
      limit = 0
    } else if let least = draws.min(), let most = draws.max(), least < most {
      limit = min(max(limit, least.nextUp), most)
    } else {
      limit = 0
    }
    training = names.indices.filter { draws[$0] >= limit }
    heldOut = names.indices.filter { draws[$0] < limit }
  }
}
