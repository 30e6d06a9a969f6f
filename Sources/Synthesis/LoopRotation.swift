import Tensors

/// Lets a denoiser see a clip as a loop: at each of its looks the clip is rotated by some patches, and what it makes is
/// rotated back, so that every place lies in the middle now and then, and none is the end.
struct LoopRotation {
  let patchCount: Int

  /// How far the clip is rotated at the look of this number: steps of the golden section, which come everywhere soonest.
  func offset(_ look: Int) -> Int {
    Int((Double(look) * 0.6180339887498949 * Double(patchCount)).rounded()) % patchCount
  }
}

extension Tensor {
  /// Rows `[patch, width]` in a ring, rotated so that the row at `offset` comes first.
  func rotated(by offset: Int) -> Tensor {
    let (count, width) = (shape[0], shape[1])
    let first = ((offset % count) + count) % count
    guard first > 0 else { return self }
    var result = Tensor(shape)
    withUnsafe { from in
      result.withUnsafeMutable { to in
        to.update(from: from + first * width, count: (count - first) * width)
        (to + (count - first) * width).update(from: from, count: first * width)
      }
    }
    return result
  }
}
