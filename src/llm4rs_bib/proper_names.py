"""Proper names that stand in titles of this field, and keep their capital in sentence case."""

from __future__ import annotations

PROPER_NAMES = frozenset(
    """
    African American Arabic Asian Australian Brazilian British Bulgarian Canadian Catalan Chinese Croatian Czech Danish Dutch
    English European Finnish French German Greek Hebrew Hindi Hungarian Indian Indonesian Irish Italian Japanese Korean Latin
    Norwegian Persian Portuguese Romanian Russian Spanish Swahili Swedish Thai Turkish Ukrainian Urdu Vietnamese

    Africa America Asia Australia Austria Barcelona Beijing Berlin Brazil Britain California Canada China Copenhagen Delhi
    Europe Finland France Germany Greece India Ireland Israel Italy Japan Korea London Mexico Moscow Paris Poland Prague Portugal
    Rome Russia Scotland Shanghai Singapore Spain Sweden Switzerland Taiwan Tokyo Turkey Ukraine Vienna

    Bayes Bayesian Bellman Bernoulli Bessel Boltzmann Boolean Bregman Brownian Cartesian Cauchy Chebyshev Dirichlet
    Einstein Elo Euclidean Fisher Fourier Frobenius Gauss Gaussian Gibbs Gödel Gumbel Hadamard Hamiltonian Hamming Hawkes
    Hessian Higgs Hilbert
    Jaccard Jacobian Jensen Kalman Kantorovich Kolmogorov Kullback Lagrange Lagrangian Laplace Laplacian Lipschitz Lorentz
    Lorentzian Markov Markovian Minkowski Nash Newton Newtonian Pareto Pearson Petri Plackett Poincaré Poisson
    Rasch Riemann Riemannian Shannon Shapley Simpson Schrödinger
    Sinkhorn Skinner Sobolev Socratic Stein Thompson Tikhonov Turing
    Voronoi Wasserstein Weibull Wiener Zipf

    Airbnb Alexa Alibaba Amazon Android Baidu Bing Douban Facebook Flickr Goodreads Google Instagram Kaggle Kuaishou Meituan
    Microsoft Mooc Netflix Pinterest Quora Reddit Snapchat Spotify Taobao Telegram Tencent Twitter Wikidata Wikipedia Xbox
    Yelp Zalando Zhihu

    Alzheimer Bard Claude Covid Crohn Gemini Gemma Java Llama Mamba Mistral Mixtral Parkinson Phi Python Qwen Vicuna

    Monday Tuesday Wednesday Thursday Friday Saturday Sunday January February April June July September October November
    December Christmas Easter Ramadan
    """.split()
)  # no word that is also a common one: May, March, Apple, Steam
NAMES_OF_TWO_WORDS = {  # the first word alone is a common one: its second words
    "New": frozenset("Delhi England Jersey Orleans York Zealand".split()),
    "San": frozenset("Diego Francisco Jose".split()),
    "South": frozenset("Africa America Korea".split()),
    "North": frozenset("America Korea".split()),
    "United": frozenset("Kingdom Nations States".split()),
    "Latin": frozenset({"America"}),
    "Los": frozenset({"Angeles"}),
    "Las": frozenset({"Vegas"}),
    "Hong": frozenset({"Kong"}),
    "Monte": frozenset({"Carlo"}),
    "Czech": frozenset({"Republic"}),
    "European": frozenset("Commission Parliament Union".split()),
    "Silicon": frozenset({"Valley"}),
    "Middle": frozenset({"East"}),
}
