package import Tensors

/// What a training draws at random from its seed. All numbers here are part of what a seed means: change none.
package enum TrainingStream: UInt64 {
  case weights = 0x1417
  case batches = 0xBA7C
  case captionAlignment = 0xC1A9
  /// The clips of a rehearsal, and which of them a step repeats.
  case rehearsal = 0x4EAE
  case rehearsedBatches = 0x4EBA
  /// The clips that a taste judges, and what they are made of.
  case preference = 0x9EF5
  /// The clips that leaps are learned from, and which of them a step shows.
  case leaps = 0x1EA9

  /// The seed of the noise that models are judged in, the same for all.
  package static let judgingSeed: UInt64 = 0x4E1D
}

/// What is drawn at random for one example of a training: each from a stream of its own, so that what one draws does not
/// change another's luck.
package enum ExampleStream: UInt64 {
  case noiseLevel = 1
  case noise = 2
  /// Which controls are shown, and how.
  case controls = 3
  /// How the clip is varied, and the noise that is put beneath it.
  case variation = 4
  case backgroundNoise = 5
  /// Which of its clip's captions it has.
  case caption = 6
  /// Whether the network is told how much the clip is liked.
  case liking = 7
}

extension RandomSource {
  /// The stream that one of the things is drawn from that a training draws.
  func stream(_ stream: TrainingStream) -> RandomSource { split(stream.rawValue) }

  /// The stream that one of the things is drawn from that an example draws.
  package func stream(_ stream: ExampleStream) -> RandomSource { split(stream.rawValue) }
}
