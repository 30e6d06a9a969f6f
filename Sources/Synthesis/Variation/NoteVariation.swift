import Music
import Tensors

/// Other notes of the same scale: some of a track's notes and chords are moved by a step or two of it.
struct NoteVariation {
  let amount: Double
  let seed: UInt64

  func applied(to track: ControlTrack) -> ControlTrack {
    var random = RandomSource(seed: seed).split(13)
    // Of the first that may move one does, so that no two are the same.
    let first = random.integer(below: 3)
    return track.movingNotes { number in
      let (chance, size, way) = (Double(random.uniform()), random.uniform(), random.uniform() < 0.5 ? -1 : 1)
      guard chance < 0.25 + amount || number == first else { return 0 }
      return way * (Double(size) < amount ? 2 : 1)
    }
  }
}
