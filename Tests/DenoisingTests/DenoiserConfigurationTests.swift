import Denoising
import Testing

@Suite("The sizes of a network")
struct DenoiserConfigurationTests {
  @Test("Sizes that make no network are told")
  func problems() {
    #expect(DenoiserConfiguration().problem == nil && DenoiserReference.sizes.problem == nil)
    var sizes = DenoiserReference.sizes
    sizes.depth = 0
    #expect(sizes.problem == "depth is 0, not within 1 … 256")
    sizes = DenoiserReference.sizes
    sizes.headCount = 4
    #expect(sizes.problem == "width 64 does not divide into 4 heads of a multiple of 32")
    sizes.headCount = -1
    #expect(sizes.problem == "headCount is -1, not within 1 … 256")
  }
}
