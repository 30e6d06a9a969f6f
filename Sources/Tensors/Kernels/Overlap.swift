extension Variable {
  /// Rows that also hold what lies `reach` values before and behind them: the end of the row before, the beginning of
  /// the row after, and zeros beyond the ends of a sequence. PyTorch's `unfold`, with a stride of one row.
  /// - Returns: `[rows, reach + width + reach]` of `[rows, width]`.
  public func unfold(reach: Int, layout: SequenceLayout) -> Variable {
    guard reach > 0 else { return self }
    return tape.record(value.unfolded(reach: reach, layout), from: [self]) { [dx = slot] dy in
      dx?.add(dy.folded(reach: reach, layout))
    }
  }

  /// Adds what rows say of `reach` values before and behind them to the rows that those belong to; what lies beyond the
  /// ends of a sequence is dropped. PyTorch's `fold`, the adjoint of `unfold`: an overlap-add.
  /// - Returns: `[rows, width]` of `[rows, reach + width + reach]`.
  public func fold(reach: Int, layout: SequenceLayout) -> Variable {
    guard reach > 0 else { return self }
    return tape.record(value.folded(reach: reach, layout), from: [self]) { [dx = slot] dy in
      dx?.add(dy.unfolded(reach: reach, layout))
    }
  }

  /// The same elements under another shape.
  public func reshaped(_ shape: [Int]) -> Variable {
    let before = value.shape
    return tape.record(value.reshaped(shape), from: [self]) { [dx = slot] dy in dx?.add(dy.reshaped(before)) }
  }
}

extension Tensor {
  fileprivate func unfolded(reach: Int, _ layout: SequenceLayout) -> Tensor {
    let width = shape[1]
    precondition(shape[0] == layout.rowCount && reach <= width, "cannot unfold \(shape) by \(reach)")
    let wide = width + 2 * reach
    // (rows, width) -> (rows, wide)
    var y = Tensor(uninitialized: [layout.rowCount, wide])
    withUnsafe { from in
      y.withUnsafeMutable { out in
        for (start, length) in zip(layout.starts, layout.lengths) {
          // The rows of a sequence lie back to back, so what is around a row is its neighbours.
          for row in 0..<length {
            let (source, target) = (from + (start + row) * width, out + (start + row) * wide)
            let (before, behind) = (row > 0 ? reach : 0, row + 1 < length ? reach : 0)
            target.update(repeating: 0, count: reach - before)
            (target + reach - before).update(from: source - before, count: before + width + behind)
            (target + reach + width + behind).update(repeating: 0, count: reach - behind)
          }
        }
      }
    }
    return y
  }

  fileprivate func folded(reach: Int, _ layout: SequenceLayout) -> Tensor {
    let wide = shape[1]
    let width = wide - 2 * reach
    // (rows, wide) -> (rows, width)
    precondition(shape[0] == layout.rowCount && reach <= width, "cannot fold \(shape) by \(reach)")
    var y = Tensor(uninitialized: [layout.rowCount, width])
    withUnsafe { from in
      y.withUnsafeMutable { out in
        for (start, length) in zip(layout.starts, layout.lengths) {
          for row in 0..<length {
            let (source, target) = (from + (start + row) * wide, out + (start + row) * width)
            target.update(from: source + reach, count: width)
            // The row before reaches into the beginning, the row after into the end.
            if row > 0 { Loops.add(source - reach, to: target, count: reach) }
            if row + 1 < length { Loops.add(source + wide, to: target + width - reach, count: reach) }
          }
        }
      }
    }
    return y
  }
}
