import Foundation

/// Explains a spectrum on a semitone axis as a sum of notes, each a row of harmonics.
///
/// Non-negative least squares, as for chroma in Mauch & Dixon 2010, by multiplicative updates (Lee & Seung 2001): what the
/// harmonics of a note explain is no note of its own. Each key has three templates, whose harmonics decay quickly,
/// moderately and hardly, as a flute's, a piano's and a distorted guitar's do.
struct PitchTemplates: Sendable {
  private static let decays = [0.6, 0.8, 0.95]
  private static let harmonicCount = 12
  private static let iterationCount = 30

  /// The notes.
  let keys = 31...98
  /// The spectrum's semitones.
  let bins = 30...115
  /// Templates: all keys with the first decay, then with the next.
  private let count: Int
  /// `[template, bin]`.
  private let templates: [Float]
  /// Inner products of all pairs of templates, `[template, template]`.
  private let products: [Float]

  init() {
    var rows: [[Float]] = []
    for decay in Self.decays {
      for key in keys {
        var row = [Float](repeating: 0, count: bins.count)
        for harmonic in 1...Self.harmonicCount {
          let place = Double(key - bins.lowerBound) + 12 * log2(Double(harmonic))
          let (below, amount) = (Int(place), pow(decay, Double(harmonic - 1)))
          for (bin, share) in [(below, Double(below + 1) - place), (below + 1, place - Double(below))]
          where row.indices.contains(bin) {
            row[bin] += Float(amount * share)
          }
        }
        rows.append(row)
      }
    }
    count = rows.count
    templates = rows.flatMap(\.self)
    products = rows.flatMap { row in rows.map { other in zip(row, other).reduce(0) { $0 + $1.0 * $1.1 } } }
  }

  /// How strongly each key sounds, given a spectrum `[bin]`; keys come once for each decay.
  func strengths(of spectrum: [Float]) -> [(key: Int, strength: Float)] {
    var likeness = [Float](repeating: 0, count: count)
    for template in 0..<count {
      for bin in 0..<bins.count where spectrum[bin] != 0 {
        likeness[template] += templates[template * bins.count + bin] * spectrum[bin]
      }
    }
    let floor = (likeness.max() ?? 0) * 1e-5
    var strengths = likeness
    var explained = likeness
    for _ in 0..<Self.iterationCount {
      explain(strengths, floor: floor, into: &explained)
      for template in 0..<count { strengths[template] *= likeness[template] / (explained[template] + 1e-9) }
    }
    return strengths.enumerated().map { (keys.lowerBound + $0 % keys.count, $1) }
  }

  /// What all notes together put where each has its harmonics: products · strengths, row by row, as that vectorises; from a
  /// row's own pointer, as a sum of indices might overflow, which is looked for at each.
  private func explain(_ strengths: [Float], floor: Float, into explained: inout [Float]) {
    products.withUnsafeBufferPointer { products in
      explained.withUnsafeMutableBufferPointer { explained in
        guard let products = products.baseAddress, let explained = explained.baseAddress else { return }
        explained.update(repeating: 0, count: count)
        for other in 0..<count where strengths[other] > floor {
          let (amount, row) = (strengths[other], products + other * count)
          for template in 0..<count { explained[template] += amount * row[template] }
        }
      }
    }
  }
}
