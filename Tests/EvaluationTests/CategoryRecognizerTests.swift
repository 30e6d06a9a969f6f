import Evaluation
import Spectra
import Tensors
import Testing

@Suite("Recogniser of a folder's categories")
struct CategoryRecognizerTests {
  private let mel = MelConfiguration.standard

  /// A sound of so many frames that falls by so much a frame, in the bands from one on, with noise of the seed.
  private func shape(_ frames: Int, fall: Float, from band: Int, seed: Int) -> SoundShape {
    let noise = RandomSource(seed: UInt64(seed)).normals([40, mel.bandCount]).values
    let values = (0..<40 * mel.bandCount).map { index -> Float in
      let (frame, own) = (index / mel.bandCount, index % mel.bandCount)
      guard frame < frames, own >= band, own < band + 40 else { return -1 }
      return max(-1, min(1, 0.8 - fall * Float(frame) + 0.1 * noise[index]))
    }
    return SoundShape(values, mel: mel)
  }

  @Test("A matrix times its inverse is one")
  func inverse() {
    let matrix = SymmetricMatrix(size: 3, values: [4, 1, -1, 1, 3, 0.5, -1, 0.5, 2])
    let inverse = matrix.inverse()
    for row in 0..<3 {
      for column in 0..<3 {
        let product = (0..<3).reduce(0) { $0 + matrix[row, $1] * inverse[$1, column] }
        #expect(abs(product - (row == column ? 1 : 0)) < 1e-12)
      }
    }
  }

  @Test("Sounds that differ in their bands or their fall are told apart, and new ones too")
  func categories() throws {
    let kinds: [(name: String, frames: Int, fall: Float, band: Int)] = [
      ("hat", 6, 0.1, 140), ("kick", 12, 0.08, 0), ("pad", 40, 0, 60),
    ]
    let lessons = kinds.enumerated().flatMap { number, kind in
      (0..<6).map { (kind.name, shape(kind.frames + $0 % 3, fall: kind.fall, from: kind.band, seed: 10 * number + $0)) }
    }
    let recognizer = try #require(CategoryRecognizer(lessons.map(\.1), categories: lessons.map(\.0)))
    #expect(recognizer.categories == ["hat", "kick", "pad"] && recognizer.shareOfReal == 1)
    for kind in kinds {
      #expect(recognizer.category(of: shape(kind.frames, fall: kind.fall, from: kind.band, seed: 99)) == kind.name)
    }
    // Names that have nothing to do with the sounds are not learned.
    let names = lessons.indices.map { $0 % 2 == 0 ? "this" : "that" }
    let lost = try #require(CategoryRecognizer(lessons.map(\.1), categories: names))
    #expect(lost.shareOfReal < 0.8)
    #expect(CategoryRecognizer(lessons.map(\.1), categories: lessons.map { _ in "all" }) == nil)
  }
}
