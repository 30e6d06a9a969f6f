/// Figures about lists of numbers.
package enum Statistics {
  /// The middle value, or the mean of the two middle ones; NaN of none.
  package static func median(_ values: [Double]) -> Double { quantile(0.5, of: values) }

  /// The value below which a share of the values lies, between neighbours by proportion; NaN of none.
  package static func quantile(_ share: Double, of values: [Double]) -> Double {
    guard !values.isEmpty else { return .nan }
    let sorted = values.sorted()
    let place = share * Double(sorted.count - 1)
    let below = Int(place)
    let above = min(below + 1, sorted.count - 1)
    return sorted[below] + (place - Double(below)) * (sorted[above] - sorted[below])
  }
}
