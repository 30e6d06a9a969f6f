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

  private var alignmentParameterCount: Int {
    alignmentWidth * (4 * (textWidth + 1) + 4 * alignmentWidth + 3 + width)
  }

  private var refinementParameterCount: Int {
    guard refinementWidth > 0 else { return 0 }
    return refinementWidth * (6 * bandCount + refinementControlWidth + 2 * (width + 1)) + bandCount
  }
}
