import Foundation

/// Explains a spectrum on a semitone axis as a sum of notes, each a row of harmonics.
///
/// Non-negative least squares by multiplicative updates, as in approximate transcription for chroma (Mauch & Dixon 2010):
/// what the harmonics of a lower note explain is no note of its own.
struct PitchTemplates {
  let keys: ClosedRange<Int>
  let bins: ClosedRange<Int>
  /// `[note, bin]`.
  private let templates: [Float]
  /// Products of all pairs of templates, `[note, note]`.
  private let products: [Float]
  private let iterations: Int
  private let sparsity: Float

  var noteCount: Int { keys.count }

  init(_ settings: PitchAnalysis.Settings) {
    keys = settings.lowestKey...settings.highestKey
    bins = settings.lowestKey - 1...settings.highestBin
    iterations = settings.iterations
    sparsity = settings.sparsity
    var templates = [Float](repeating: 0, count: keys.count * bins.count)
    for (note, key) in keys.enumerated() {
      for harmonic in 1...settings.harmonics {
        let place = Double(key) + 12 * log2(Double(harmonic)) - Double(bins.lowerBound)
        let below = Int(place.rounded(.down))
        let amount = Float(pow(settings.decay, Double(harmonic - 1)))
        for (bin, share) in [(below, Float(1 - (place - Double(below)))), (below + 1, Float(place - Double(below)))]
        where bin < bins.count {
          templates[note * bins.count + bin] += amount * share
        }
      }
    }
    let width = bins.count
    let rows = (0..<keys.count).map { [templates] in Array(templates[$0 * width..<($0 + 1) * width]) }
    self.templates = templates
    products = rows.flatMap { row in rows.map { other in zip(row, other).reduce(0) { $0 + $1.0 * $1.1 } } }
  }

  /// How strongly each note sounds, `[note]`, given a spectrum `[bin]`.
  func activations(_ spectrum: [Float]) -> [Float] {
    let likeness = (0..<noteCount).map { note in
      (0..<bins.count).reduce(Float(0)) { $0 + templates[note * bins.count + $1] * spectrum[$1] }
    }
    var activations = likeness.map { max(0, $0) }
    guard activations.contains(where: { $0 > 0 }) else { return activations }
    for _ in 0..<iterations {
      let explained = (0..<noteCount).map { note in
        products.withUnsafeBufferPointer { products in
          var sum: Float = 0
          for other in 0..<noteCount { sum += products[note * noteCount + other] * activations[other] }
          return sum
        }
      }
      for note in 0..<noteCount { activations[note] *= max(0, likeness[note] - sparsity) / (explained[note] + 1e-9) }
    }
    return activations
  }
}
