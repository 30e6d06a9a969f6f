import Novelty
import Parallelism
import Spectra
import Training

/// The categories of a folder's clips, and a recogniser of them that is made of the clips themselves.
struct FolderCategories: Sendable {
  /// The most categories, and clips of each, that are looked at.
  private static let (most, mostClips) = (12, 200)
  /// Without so many clips a word is no category.
  static let leastClips = 3

  /// The largest first.
  let names: [String]
  let recognizer: CategoryRecognizer
  /// Clips of the data set with their categories, and how they sound.
  let members: [(category: String, clip: Int)]
  let courses: [SoundCourse]
  let fingerprints: [SoundFingerprint]

  /// - Returns: nil for a folder whose names and captions make fewer than two categories.
  init?(_ dataset: Dataset, threads: Int) {
    let known = dataset.clips.indices.filter { dataset.clips[$0].labels["category"]?.isEmpty == false }
    let chosen = Dictionary(grouping: known) { dataset.clips[$0].labels["category"] ?? "" }
      .filter { $0.value.count >= Self.leastClips }
      .sorted { ($1.value.count, $0.key) < ($0.value.count, $1.key) }.prefix(Self.most)
    let members = chosen.flatMap { name, clips in clips.spread(Self.mostClips).map { (category: name, clip: $0) } }
    let heard = Parallel.map(members.count, threads: threads) { number in
      let frames = dataset.melFrames(members[number].clip)
      return (
        SoundShape(frames.values, mel: dataset.mel), SoundFingerprint(frames, mel: dataset.mel),
        SoundCourse(frames, mel: dataset.mel)
      )
    }
    guard let recognizer = CategoryRecognizer(heard.map(\.0), categories: members.map(\.category)) else { return nil }
    (names, self.recognizer, self.members) = (chosen.map(\.key), recognizer, members)
    (fingerprints, courses) = (heard.map(\.1), heard.map(\.2))
  }

  /// The members of a category, as places in `members`.
  func places(of category: String) -> [Int] { members.indices.filter { members[$0].category == category } }
}
