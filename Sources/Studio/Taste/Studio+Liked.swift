import Library

extension Studio {
  /// Of a clip's relatives so many are looked at, those that were made last.
  private static let mostLiked = 4
  /// A rating from which on a clip is liked, though nobody starred it.
  private static let likedRating = 4

  /// The seeds of relatives of a clip that were starred or rated high, so that new ones can begin with noise like theirs; nil for
  /// none. Of an upload, or where the library cannot say it, there are none.
  func likedRelatives(of id: String) -> [UInt64]? {
    guard let children = try? library.details(of: id).children else { return nil }
    let liked = children.filter {
      $0.kind == JobRequest.Kind.vary.rawValue && $0.distance != nil && !$0.isBinned
        && ($0.state == .picked || $0.rating >= Self.likedRating)
    }
    let seeds = liked.suffix(Self.mostLiked).map(\.seed).filter(JobRequest.seeds.contains)
    return seeds.isEmpty ? nil : seeds
  }
}
