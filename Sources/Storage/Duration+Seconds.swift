extension Duration {
  /// The seconds, fractions included. Spans are measured by `ContinuousClock`, which nobody sets back.
  package var seconds: Double {
    let (whole, parts) = components
    return Double(whole) + Double(parts) * 1e-18
  }
}

extension ContinuousClock.Instant {
  /// The seconds since then.
  package var secondsAgo: Double { (ContinuousClock.now - self).seconds }
}
