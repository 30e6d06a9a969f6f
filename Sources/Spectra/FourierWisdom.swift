import CFFTW

/// What FFTW's patient planner found for 1536 complex values, the standard transform's 3072 samples, on an AVX-512 x86.
///
/// Estimated plans for this length take 1.6 times as long, and measuring at run time would let the plan, and with it the
/// last bits of every sound, depend on what else the machine was doing. An FFTW of another version or build does not
/// know this wisdom by its fingerprint, ignores it and estimates. It is `fftwf_export_wisdom_to_string` after planning
/// both directions, out of place, with FFTW_PATIENT and FFTW_DESTROY_INPUT: the best of four tries.
enum FourierWisdom {
  /// Hands the wisdom to FFTW's planner; the caller holds the planner's lock.
  static func learn() { _ = learned }

  /// Whether FFTW took the wisdom; asked for once a process.
  private static let learned = fftwf_import_wisdom_from_string(text) == 1

  private static let text = """
    (fftw-3.3.10 fftwf_wisdom #x9e7d4dee #xdb14fed1 #x34bf76a4 #xeb6e8fdf
      (fftwf_dft_vrank_geq1_register 0 #x10048 #x10048 #x0 #xbde5b617 #x93623bc4 #xfbb4345a #x2cc50f50)
      (fftwf_codelet_n2fv_12_avx 0 #x10048 #x10048 #x0 #x9af306c9 #xeb6e80f6 #xba3e89a6 #x98b0d321)
      (fftwf_codelet_t2fv_8_avx 0 #x10048 #x10048 #x0 #x07fe4828 #x29f74561 #x5d7b51a0 #x56427184)
      (fftwf_codelet_t2bv_16_avx 0 #x10048 #x10048 #x0 #x93900f75 #xc743c003 #x9ab5abf5 #x6552184a)
      (fftwf_codelet_t2fv_16_avx 0 #x10048 #x10048 #x0 #x5f2761de #x09897664 #x94ae9912 #xac989cc9)
      (fftwf_dft_vrank_geq1_register 0 #x10048 #x10048 #x0 #x9c6158b5 #x388325b6 #x9f4a8d7c #x57852792)
      (fftwf_codelet_t2bv_8_avx 0 #x10048 #x10048 #x0 #x782ecb7c #x5ca26558 #x05a7532b #x41f46f7c)
      (fftwf_codelet_n2bv_12_avx 0 #x10048 #x10048 #x0 #x2eb1c7de #xea773cd1 #x44a28723 #x1a2b8e06)
    )
    """
}
