import CFFTW
import Spectra

/// FFTW's own transforms of real signals, as its planner finds them by measuring: what `FourierPlan`, which has FFTW
/// transform complex values of half the length, is to be set beside.
final class LibraryTransforms {
  private let forward: OpaquePointer
  private let inverse: OpaquePointer
  private let samples: AlignedBuffer
  private let spectrum: AlignedBuffer

  /// Plans transforms of `length` samples, which takes a second or two; not while another thread makes plans.
  init(length: Int) {
    samples = AlignedBuffer(count: length)
    spectrum = AlignedBuffer(count: length + 2)
    let bins = UnsafeMutableRawPointer(spectrum.base).assumingMemoryBound(to: fftwf_complex.self)
    let flags = UInt32(FFTW_MEASURE) | UInt32(FFTW_DESTROY_INPUT)
    guard let forward = fftwf_plan_dft_r2c_1d(Int32(length), samples.base, bins, flags),
      let inverse = fftwf_plan_dft_c2r_1d(Int32(length), bins, samples.base, flags)
    else { preconditionFailure("FFTW has no plan for \(length) real samples") }
    (self.forward, self.inverse) = (forward, inverse)
    samples.clear()
    spectrum.clear()
  }

  deinit {
    fftwf_destroy_plan(forward)
    fftwf_destroy_plan(inverse)
  }

  /// A transform and back.
  func run() {
    fftwf_execute(forward)
    fftwf_execute(inverse)
  }
}
