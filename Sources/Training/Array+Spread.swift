extension Array {
  /// Up to `count` elements, evenly spread over all.
  package func spread(_ count: Int) -> [Element] {
    guard count < self.count else { return self }
    return (0..<count).map { self[$0 * self.count / count] }
  }
}
