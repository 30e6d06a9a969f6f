extension DenoiserConfiguration {
  /// The numbers that the network learns.
  public var parameterCount: Int {
    let squares = width * width
    let input = (tokenWidth + width) * bottleneckWidth + width + controlWidth * width
    let condition = 2 * (textWidth + 1) * width + 2 * (squares + width) + 8 * (squares + width)
    let block = (4 + 2 * expansion) * squares + 2 * (width / headCount) + 6 * width + 7 * width * modulationRank
    return input + condition + depth * block + (width + 1) * tokenWidth + refinementParameterCount
      + alignmentParameterCount
  }

  /// The floating-point operations of the matrix products of one forward pass over one sequence; a multiplication and an
  /// addition are two. A training step costs three times as much: forward, and two products back for each.
  public func operationCount(audioTokens: Int, textTokens: Int) -> Double {
    let rows = Double(audioTokens + textTokens)
    let (wide, hidden) = (Double(width), Double(width * expansion))
    let block = rows * (4 * wide * wide + 2 * wide * hidden) + 2 * rows * rows * wide
    let ends =
      Double(audioTokens)
      * (Double(tokenWidth) * (Double(bottleneckWidth) + wide) + (Double(bottleneckWidth) + Double(controlWidth)) * wide)
    let refinement =
      Double(audioTokens * patchLength) * Double((6 * frameWidth + refinementControlWidth) * refinementWidth)
      + wide * Double(2 * refinementWidth)
    let text =
      Double(textTokens + 1) * Double(textWidth) * wide
      + Double(alignmentWidth * (4 * textWidth + 4 * alignmentWidth + width))
    let condition = wide * wide * (2 + 6 + 2) + wide * Double(7 * modulationRank * depth)
    return 2 * (Double(depth) * block + ends + refinement + text + condition)
  }

  private var alignmentParameterCount: Int {
    alignmentWidth * (4 * (textWidth + 1) + 4 * alignmentWidth + 3 + width)
  }

  private var refinementParameterCount: Int {
    guard refinementWidth > 0 else { return 0 }
    return refinementWidth * (6 * frameWidth + refinementControlWidth + 2 * (width + 1)) + frameWidth
  }
}
