import Foundation
import Spectra

/// What scripts/reference/spectra.py wrote.
struct Reference: Decodable {
  struct Transform: Decodable {
    let signal: String
    let name: String
    let fftLength: Int
    let hopLength: Int
    let reflect: Bool
    let frameCount: Int
    let frames: [Int]
  }

  struct Bank: Decodable {
    let name: String
    let firstBins: [Int]
    let counts: [Int]
  }

  /// Spectral convergences in decibels, over one signal.
  struct Signal: Decodable {
    let name: String
    let updates: Double
    let leastSquares: Double
    let slaneyLeastSquares: Double
    let griffinLim: Double
    let classicGriffinLim: Double
  }

  let transforms: [Transform]
  let banks: [Bank]
  let signals: [Signal]

  static func load() throws -> Reference {
    try JSONDecoder().decode(Reference.self, from: data("figures.json"))
  }

  /// The samples of a reference signal.
  static func samples(_ name: String) throws -> [Float] {
    try values("\(name).s16") { (integer: Int16) in Float(Int16(littleEndian: integer)) / 32768 }
  }

  /// The values of a reference file.
  static func floats(_ name: String) throws -> [Float] {
    try values("\(name).f32") { (bits: UInt32) in Float(bitPattern: UInt32(littleEndian: bits)) }
  }

  private static func values<Raw>(_ name: String, _ convert: (Raw) -> Float) throws -> [Float] {
    try data(name).withUnsafeBytes { bytes in
      (0..<(bytes.count / MemoryLayout<Raw>.stride)).map { index in
        convert(bytes.loadUnaligned(fromByteOffset: index * MemoryLayout<Raw>.stride, as: Raw.self))
      }
    }
  }

  private static func data(_ name: String) throws -> Data {
    try Data(contentsOf: Bundle.module.bundleURL.appending(path: "Reference/\(name)"))
  }
}

/// ‖estimate − truth‖ / ‖truth‖.
func relativeError(_ estimate: some Collection<Float>, _ truth: some Collection<Float>) -> Double {
  var (error, norm) = (0.0, 0.0)
  for (a, b) in zip(estimate, truth) {
    error += Double(a - b) * Double(a - b)
    norm += Double(b) * Double(b)
  }
  return (error / norm).squareRoot()
}

/// Spectral convergence in decibels.
func convergence(_ estimate: MagnitudeFrames, _ truth: MagnitudeFrames) -> Double {
  20 * log10(relativeError(estimate.values, truth.values))
}
