import CFFTW
import Foundation

/// Forward and inverse Fourier transforms of real signals of one length, in single precision, through FFTW.
///
/// A plan is made once and may then run on any thread, on any 64-byte aligned memory. Transforms are not normalised:
/// forward then inverse multiplies by `length`. Spectra are interleaved, real then imaginary, for bins 0…length/2.
///
/// FFTW transforms the samples as half as many complex values; `RealSpectrum` makes the spectrum of that.
///
/// Plans come from FFTW's estimates or from committed wisdom (`FourierWisdom`), never from timings taken at run time,
/// so that the same machine computes the same bits every time.
package final class FourierPlan: @unchecked Sendable {
  // Unchecked, as Swift cannot see that FFTW's plans are immutable once made: only making and destroying them races.

  /// Real samples per transform.
  package let length: Int
  /// Complex bins per transform: length / 2 + 1.
  package var binCount: Int { length / 2 + 1 }

  private let realSpectrum: RealSpectrum
  private let forwardPlan: OpaquePointer
  private let inversePlan: OpaquePointer

  /// Plans transforms of `length` samples.
  /// - Precondition: `length` is even and positive.
  package init(length: Int) {
    precondition(length > 0 && length % 2 == 0, "a Fourier transform of \(length) samples: wants an even length")
    self.length = length
    realSpectrum = RealSpectrum(length: length)
    let samples = AlignedBuffer(count: length)
    let spectrum = AlignedBuffer(count: length)
    let (values, bins) = (FourierPlan.complex(samples.base), FourierPlan.complex(spectrum.base))
    let plans = FourierPlan.planning.withLock {
      FourierWisdom.learn()
      let (count, flags) = (Int32(length / 2), UInt32(FFTW_ESTIMATE) | UInt32(FFTW_DESTROY_INPUT))
      return (
        fftwf_plan_dft_1d(count, values, bins, FFTW_FORWARD, flags),
        fftwf_plan_dft_1d(count, bins, values, FFTW_BACKWARD, flags)
      )
    }
    guard let forward = plans.0, let inverse = plans.1 else {
      preconditionFailure("FFTW has no plan for \(length) samples")
    }
    forwardPlan = forward
    inversePlan = inverse
  }

  deinit {
    FourierPlan.planning.withLock {
      fftwf_destroy_plan(forwardPlan)
      fftwf_destroy_plan(inversePlan)
    }
  }

  /// Transforms `length` samples into `binCount` interleaved complex values; the samples are overwritten.
  package func forward(_ samples: UnsafeMutablePointer<Float>, into spectrum: UnsafeMutablePointer<Float>) {
    fftwf_execute_dft(forwardPlan, FourierPlan.complex(samples), FourierPlan.complex(spectrum))
    realSpectrum.unpack(spectrum)
  }

  /// Transforms `binCount` interleaved complex values into `length` samples; the spectrum is overwritten.
  package func inverse(_ spectrum: UnsafeMutablePointer<Float>, into samples: UnsafeMutablePointer<Float>) {
    realSpectrum.pack(spectrum)
    fftwf_execute_dft(inversePlan, FourierPlan.complex(spectrum), FourierPlan.complex(samples))
  }

  /// FFTW's planner is not safe to call from two threads at once.
  private static let planning = NSLock()

  private static func complex(_ floats: UnsafeMutablePointer<Float>) -> UnsafeMutablePointer<fftwf_complex> {
    UnsafeMutableRawPointer(floats).assumingMemoryBound(to: fftwf_complex.self)
  }
}
