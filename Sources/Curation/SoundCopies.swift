import Novelty
import Parallelism

/// Files with the same sound, and files with nearly the same.
struct SoundCopies {
  /// Groups of files whose samples are the same to the last bit, by number, each in its order.
  let same: [[Int]]
  /// Groups of files that sound nearly the same, of those that are not the same.
  let near: [[Int]]

  /// Fingerprints as near as this are of the same sound at another level, cut otherwise, or in another format. Takes of one
  /// drum lie some three times as far apart.
  static let nearDistance = 0.1

  /// - Parameters:
  ///   - hashes: of the samples; nil where there are none to compare.
  ///   - prints: of the same files.
  init(hashes: [UInt64?], prints: [SoundFingerprint?], threads: Int) {
    var groups: [UInt64: [Int]] = [:]
    for (file, hash) in hashes.enumerated() { if let hash { groups[hash, default: []].append(file) } }
    same = groups.values.filter { $0.count > 1 }.sorted { $0[0] < $1[0] }
    let firsts = groups.values.map { $0[0] }.sorted().filter { prints[$0] != nil }
    let found = Parallel.map(firsts.count, threads: threads) { place in
      guard let print = prints[firsts[place]] else { return [Int]() }
      return (place + 1..<max(place + 1, firsts.count)).filter { other in
        prints[firsts[other]].map { $0.distance(to: print) < Self.nearDistance } ?? false
      }
    }
    near = Self.groups(found).map { $0.map { firsts[$0] } }
  }

  /// The groups of what is near to each other, or to what is near.
  private static func groups(_ pairs: [[Int]]) -> [[Int]] {
    var leader = Array(pairs.indices)
    func find(_ place: Int) -> Int {
      var place = place
      while leader[place] != place { place = leader[place] }
      return place
    }
    for (place, others) in pairs.enumerated() {
      for other in others {
        let (one, two) = (find(place), find(other))
        leader[max(one, two)] = min(one, two)
      }
    }
    return Dictionary(grouping: pairs.indices, by: find).values.filter { $0.count > 1 }.map { $0.sorted() }
      .sorted { $0[0] < $1[0] }
  }
}
